import type { Scene } from '../scenes/compose.ts'
import type { SceneGraph, SceneGroup } from '../scenes/graph.ts'
import { createRandom } from '../scenes/random.ts'
import { writeCaption } from '../scenes/text/caption.ts'
import { articleFor, type WrittenText } from '../scenes/text/document.ts'

/** A caption that leaves things out on purpose. */
export interface ThinCaption {
  readonly text: string
  /** What it does not tell of the groups that it names. */
  readonly dropped: {
    readonly colours: readonly SceneGroup[]
    readonly counts: readonly SceneGroup[]
  }
}

export interface Thinned {
  /** Without half of the colours and numbers, by chance. */
  readonly thin: ThinCaption
  /** The same without any of them. */
  readonly bare: ThinCaption
  readonly named: readonly SceneGroup[]
  /** Left out; signs are for the reader of text. */
  readonly omitted: readonly SceneGroup[]
  readonly isSettingOmitted: boolean
}

/** Captions without half of the things, half of their colours and numbers, and half of the time the setting. */
export function thinOut({ graph }: Scene): Thinned {
  const random = createRandom(`thin ${String(graph.seed)}-${String(graph.index)}`)
  const kept = graph.groups.filter(() => random.chance(0.5))
  const named = kept.length > 0 ? kept : graph.groups.slice(0, 1)
  const ids = new Set(named.map(({ id }) => id))
  const thinned: SceneGraph = {
    ...graph,
    groups: named,
    objects: graph.objects.filter(({ group }) => ids.has(group)),
    relations: graph.relations.filter(({ subject, object }) => ids.has(subject) && ids.has(object)),
  }
  const isSettingOmitted = random.chance(0.5)
  const whole = writeCaption(thinned, random)
  const written = isSettingOmitted ? withoutSetting(whole) : whole
  const half = new Set(
    DROPPED_KINDS.flatMap((kind) =>
      named.flatMap(({ id }) => (random.chance(0.5) ? [`${kind} ${id}`] : [])),
    ),
  )
  const drop = (isDropped: (key: string) => boolean): ThinCaption => ({
    text: withoutUnits(
      written,
      ({ kind, group }) => isOneOf(DROPPED_KINDS, kind) && isDropped(`${kind} ${group ?? ''}`),
    ),
    dropped: {
      colours: named.filter(({ id, colour }) => colour !== null && isDropped(`colour ${id}`)),
      counts: named.filter(({ id, count }) => count > 1 && isDropped(`count ${id}`)),
    },
  })
  return {
    thin: drop((key) => half.has(key)),
    bare: drop(() => true),
    named,
    omitted: graph.groups.filter((group) => !ids.has(group.id) && group.category !== 'sign'),
    isSettingOmitted,
  }
}

const DROPPED_KINDS = ['colour', 'count'] as const

function isOneOf(kinds: readonly string[], kind: string): boolean {
  return kinds.includes(kind)
}

/** Leaves out the sentences that tell the setting, unless nothing else is said. */
function withoutSetting(written: WrittenText): WrittenText {
  const { text, units } = written
  const settings = units.filter(({ kind }) => kind === 'setting')
  let at = 0
  const sentences = text.split(/(?<=\.) /).map((words) => {
    const start = text.indexOf(words, at)
    at = start + words.length
    return { words, start, end: at }
  })
  const kept = sentences.filter(
    ({ start, end }) => !settings.some((unit) => unit.start < end && unit.end > start),
  )
  if (kept.length === 0) return written
  let length = 0
  const moved = kept.map((sentence) => {
    const shift = length - sentence.start
    length += sentence.words.length + 1
    return { ...sentence, shift }
  })
  return {
    ...written,
    text: kept.map(({ words }) => words).join(' '),
    units: moved.flatMap(({ start, end, shift }) =>
      units
        .filter((unit) => unit.start >= start && unit.end <= end)
        .map((unit) => ({ ...unit, start: unit.start + shift, end: unit.end + shift })),
    ),
  }
}

type Unit = WrittenText['units'][number]

/** Takes colours and numbers out, with what the article and the capital at the front follow from. */
function withoutUnits(
  { text, units }: WrittenText,
  isDropped: (unit: Pick<Unit, 'kind' | 'group'>) => boolean,
): string {
  let kept = ''
  let at = 0
  for (const unit of units.filter(isDropped).toSorted((left, right) => left.start - right.start)) {
    kept += text.slice(at, unit.start)
    at = unit.end + 1
    const next = text.slice(at)
    kept = kept.replace(/\b(a)n? $/i, (_, letter: string) =>
      articleFor(next).replace('a', letter).concat(' '),
    )
    if (/(?:^|\. )$/.test(kept)) {
      kept += next.slice(0, 1).toUpperCase()
      at += 1
    }
  }
  return kept + text.slice(at)
}
