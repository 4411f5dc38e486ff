import type { ExportRow } from './format.ts'

/** What people say of a data set that nothing in a project knows. */
export interface SetWords {
  readonly licence: string
  readonly url: string
  readonly creator: string
  readonly description: string
}

/** What a data set holds, counted as its rows went by. */
export interface SetFacts {
  readonly images: number
  readonly captions: number
  readonly altTexts: number
  /** How many captions were written in each round, by its number. */
  readonly rounds: readonly (readonly [number, number])[]
  readonly accepted: number
  readonly returned: number
  /** How many people wrote captions. */
  readonly people: number
  /** Names of models whose texts were proposed or taken. */
  readonly models: readonly string[]
  /** Hosts that pictures came from, the most frequent first. */
  readonly hosts: readonly (readonly [string, number])[]
  /** Day of the last change, such as 2026-01-31; null for no image. */
  readonly lastDay: string | null
}

const SHOWN_HOSTS = 10

export interface FactCounter {
  add(row: ExportRow): void
  facts(): SetFacts
}

/** Counts in a memory that does not grow with the images, but for hosts and people. */
export function createFactCounter(): FactCounter {
  const counts = { images: 0, captions: 0, altTexts: 0, accepted: 0, returned: 0 }
  const rounds = new Map<number, number>()
  const people = new Set<string>()
  const models = new Set<string>()
  const hosts = new Map<string, number>()
  let lastUpdate: number | null = null
  return {
    add(row) {
      const { image } = row
      counts.images += 1
      counts.altTexts += image.alts.length
      const head = image.revisions.find(({ uid }) => uid === image.headRevision)
      if (row.caption !== null) counts.captions += 1
      if (head !== undefined) {
        rounds.set(head.round, (rounds.get(head.round) ?? 0) + 1)
        if (head.authorKind === 'human') people.add(row.annotator)
      }
      for (const { authorKind, author } of [...image.revisions, ...image.proposals]) {
        if (authorKind === 'model') models.add(author)
      }
      const decision = image.reviews.findLast(({ isWithdrawn }) => !isWithdrawn)?.decision
      if (decision !== undefined) counts[decision] += 1
      const host = hostOf(row.url)
      if (host !== null) hosts.set(host, (hosts.get(host) ?? 0) + 1)
      lastUpdate = Math.max(lastUpdate ?? 0, row.updatedAt)
    },
    facts: () => ({
      ...counts,
      people: people.size,
      rounds: [...rounds].toSorted(([left], [right]) => left - right),
      models: [...models].toSorted(),
      hosts: [...hosts]
        .toSorted(([one, count], [other, others]) => others - count || (one < other ? -1 : 1))
        .slice(0, SHOWN_HOSTS),
      lastDay: lastUpdate === null ? null : new Date(lastUpdate).toISOString().slice(0, 10),
    }),
  }
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).host : null
}
