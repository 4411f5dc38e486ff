import type { Database } from 'better-sqlite3'
import { dirname } from 'node:path/posix'
import type { CONCEPT_TEXTS, SPLIT_GROUPS, StrataBy } from '../../../shared/contract/subset.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../../shared/domain/sort.ts'
import { hashText } from '../../base/stable-hash.ts'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'
import { LAST_DUPLICATE_RUN } from './duplicates.ts'
import { statusAt } from './image-snapshot.ts'
import { getListing, listingKey } from './listing.ts'
import { readQuery } from './query-sql.ts'

/** Pages of these are read between two other answers, so they are to be small. */
interface Page {
  readonly ids: Uint32Array
}

/** Starts of the two hashes of an image's uid. */
const SEEDS = [0x52656131, 0x52656132] as const

/** All images of a query in the order of import, and the project's change counter then. */
export function listSubsetIds(
  db: Database,
  args: { readonly query: string; readonly personId: PersonId },
): { readonly ids: Uint32Array; readonly change: number } {
  const asked = { ast: readQuery(args.query), personId: args.personId }
  const { ids, change } = getListing(db, listingKey(db, asked, DEFAULT_SORT))
  return { ids: ids.slice(), change }
}

export function currentSubsetChange(db: Database): number {
  return currentChange(db)
}

/** 64 bits of each image's uid, in two halves. */
export function readImageKeys(
  db: Database,
  page: Page,
): { readonly high: Uint32Array; readonly low: Uint32Array } {
  const high = new Uint32Array(page.ids.length)
  const low = new Uint32Array(page.ids.length)
  const sql = `SELECT j.key AS place, i.uid FROM json_each(?) j CROSS JOIN image i ON i.id = j.value`
  for (const { place, uid } of select<{ uid: string }>(db, sql, page)) {
    high[place] = hashText(uid, SEEDS[0])
    low[place] = hashText(uid, SEEDS[1])
  }
  return { high, low }
}

/** What says which images belong together; 0 says nothing. */
export function readImageGroups(
  db: Database,
  page: Page & { readonly together: (typeof SPLIT_GROUPS)[number] },
): {
  readonly group: Uint32Array
  readonly hashHigh: Uint32Array
  readonly hashLow: Uint32Array
  readonly place: Uint32Array
} {
  const empty = (): Uint32Array => new Uint32Array(page.ids.length)
  const columns = { group: empty(), hashHigh: empty(), hashLow: empty(), place: empty() }
  const rows = select<{ number: number | null; hash: string | null; origin: string | null }>(
    db,
    `SELECT j.key AS place, i.perceptual_hash AS hash, ${PLACES[page.together]} AS origin,
       (SELECT m.group_number FROM duplicate_member m
        WHERE m.image_id = i.id AND m.run_id = ${LAST_DUPLICATE_RUN}) AS number
     FROM json_each(?) j CROSS JOIN image i ON i.id = j.value`,
    page,
  )
  for (const { place, number, hash, origin } of rows) {
    columns.group[place] = number ?? 0
    if (hash !== null) {
      columns.hashHigh[place] = Number.parseInt(hash.slice(0, 8), 16)
      columns.hashLow[place] = Number.parseInt(hash.slice(8, 16), 16)
    }
    const name = origin === null ? null : placeName(origin, page.together)
    // 0 says nothing, so no name may have it.
    if (name !== null) columns.place[place] = hashText(name, 0) || 1
  }
  return columns
}

/** Where the image first came from, as a source told. */
const PLACES: Readonly<Record<(typeof SPLIT_GROUPS)[number], string>> = {
  duplicates: 'NULL',
  host: '(SELECT l.url FROM image_location l WHERE l.image_id = i.id AND l.url IS NOT NULL ORDER BY l.id LIMIT 1)',
  folder: `(SELECT l.source_id || ':' || l.path FROM image_location l
    WHERE l.image_id = i.id AND l.path IS NOT NULL AND l.part IS NULL ORDER BY l.id LIMIT 1)`,
}

function placeName(origin: string, together: (typeof SPLIT_GROUPS)[number]): string | null {
  if (together === 'host') return URL.canParse(origin) ? new URL(origin).host : null
  // The source's own folder is where all lie that have none of their own.
  const folder = dirname(origin.slice(origin.indexOf(':') + 1))
  return folder === '.' ? null : `${origin.slice(0, origin.indexOf(':'))}:${folder}`
}

/** What speaks for images that look alike. */
export function readImageMerits(
  db: Database,
  page: Page,
): {
  readonly pixels: Float64Array
  readonly sharpness: Float64Array
  readonly textLength: Uint32Array
} {
  const pixels = new Float64Array(page.ids.length)
  const sharpness = new Float64Array(page.ids.length)
  const textLength = new Uint32Array(page.ids.length)
  const rows = select<{ pixels: number; sharpness: number | null; length: number }>(
    db,
    `SELECT j.key AS place, s.pixels,
       s.text_length + (SELECT coalesce(sum(length(text)), 0) FROM alt_text WHERE image_id = s.image_id) AS length,
       (SELECT m.sharpness FROM duplicate_member m
        WHERE m.image_id = s.image_id AND m.run_id = ${LAST_DUPLICATE_RUN}) AS sharpness
     FROM json_each(?) j CROSS JOIN image_state s ON s.image_id = j.value`,
    page,
  )
  for (const row of rows) {
    pixels[row.place] = row.pixels
    sharpness[row.place] = row.sharpness ?? 0
    textLength[row.place] = row.length
  }
  return { pixels, sharpness, textLength }
}

const STRATUM: Readonly<Record<Exclude<StrataBy, 'query'>, string>> = {
  status: 's.status',
  round: 's.round',
  source: `(SELECT c.path FROM image_location l JOIN source c ON c.id = l.source_id
    WHERE l.image_id = s.image_id ORDER BY l.id LIMIT 1)`,
  origin: '(SELECT a.origin FROM alt_text a WHERE a.image_id = s.image_id ORDER BY a.id LIMIT 1)',
  tag: `(SELECT t.name FROM image_tag i JOIN tag t ON t.id = i.tag_id
    WHERE i.image_id = s.image_id ORDER BY t.name LIMIT 1)`,
}

/** The stratum of each image: of several sources, alt-texts or tags that of the first. */
export function readStrata(
  db: Database,
  page: Page & { readonly by: Exclude<StrataBy, 'query'> },
): { readonly names: readonly string[]; readonly strata: Uint32Array } {
  const strata = new Uint32Array(page.ids.length)
  const indexes = new Map<string, number>()
  const rows = select<{ value: string | number | null }>(
    db,
    `SELECT j.key AS place, ${STRATUM[page.by]} AS value
     FROM json_each(?) j CROSS JOIN image_state s ON s.image_id = j.value`,
    page,
  )
  for (const { place, value } of rows) {
    const name = stratumName(page.by, value)
    const index = indexes.get(name) ?? indexes.size
    indexes.set(name, index)
    strata[place] = index
  }
  return { names: [...indexes.keys()], strata }
}

function stratumName(by: StrataBy, value: string | number | null): string {
  if (value === null) return `no ${by}`
  if (by === 'status') return statusAt(Number(value))
  if (by === 'round') return `round ${value}`
  // Only the last part of the path: where it lies on the disk is nobody's business in a manifest.
  return by === 'source' ? (String(value).split(/[\\/]/).findLast(Boolean) ?? '') : String(value)
}

/** The texts of each image in which concepts are looked for. */
export function readConceptTexts(
  db: Database,
  page: Page & { readonly texts: (typeof CONCEPT_TEXTS)[number] },
): readonly (readonly string[])[] {
  const captions = page.ids.length === 0 || page.texts === 'alt' ? [] : listCaptions(db, page)
  const alts = page.texts === 'caption' ? [] : listAlts(db, page)
  return Array.from(page.ids, (_, place) => {
    const caption = captions[place] ?? []
    if (page.texts === 'caption-or-alt' && caption.length > 0) return caption
    return [...caption, ...(alts[place] ?? [])]
  })
}

function listCaptions(db: Database, page: Page): readonly string[][] {
  return listTexts(
    page,
    select<{ text: string }>(
      db,
      'SELECT j.key AS place, c.text FROM json_each(?) j CROSS JOIN caption c ON c.image_id = j.value',
      page,
    ),
  )
}

/** Without names of files, which are no descriptions. */
function listAlts(db: Database, page: Page): readonly string[][] {
  return listTexts(
    page,
    select<{ text: string }>(
      db,
      `SELECT j.key AS place, a.text FROM json_each(?) j CROSS JOIN alt_text a ON a.image_id = j.value
       WHERE a.origin <> 'file-name'`,
      page,
    ),
  )
}

function listTexts(
  page: Page,
  rows: Iterable<{ readonly place: number; readonly text: string }>,
): readonly string[][] {
  const texts: string[][] = Array.from(page.ids, () => [])
  for (const { place, text } of rows) texts[place]?.push(text)
  return texts
}

function select<Row>(
  db: Database,
  sql: string,
  { ids }: Page,
): Iterable<Row & { readonly place: number }> {
  return prepare(db, sql).iterate(`[${ids.join()}]`) as Iterable<Row & { place: number }>
}
