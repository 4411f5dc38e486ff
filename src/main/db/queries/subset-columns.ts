import type { Database } from 'better-sqlite3'
import { dirname } from 'node:path/posix'
import type { CONCEPT_TEXTS, SPLIT_GROUPS, StrataBy } from '../../../shared/contract/subset.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../../shared/domain/sort.ts'
import { hashText } from '../../base/stable-hash.ts'
import { currentChange } from './change-counter.ts'
import { LAST_DUPLICATE_RUN } from './duplicates.ts'
import { IN_LIST, selectAround } from './image-rows.ts'
import { statusAt } from './image-snapshot.ts'
import { getListing, listingKey } from './listing.ts'
import { readQuery } from './query-sql.ts'

/** Pages of these are read between two other answers, so they are to be small. Their ids ascend. */
interface Page {
  readonly ids: Uint32Array
}

/** Starts of the two hashes of an image's uid. */
const SEEDS = [0x52656131, 0x52656132] as const

interface OfImage {
  readonly image_id: number
}

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
  const sql = `SELECT i.id AS image_id, i.uid FROM image i WHERE i.id ${IN_LIST} ORDER BY i.id`
  const rows = selectAround(db, { sql, imageIds: page.ids }) as (OfImage & { uid: string })[]
  eachRow(page, rows, (place, { uid }) => {
    high[place] = hashText(uid, SEEDS[0])
    low[place] = hashText(uid, SEEDS[1])
  })
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
  const sql = `SELECT i.id AS image_id, i.perceptual_hash AS hash, ${PLACES[page.together]} AS origin,
       (SELECT m.group_number FROM duplicate_member m
        WHERE m.image_id = i.id AND m.run_id = ${LAST_DUPLICATE_RUN}) AS number
     FROM image i WHERE i.id ${IN_LIST} ORDER BY i.id`
  const rows = selectAround(db, { sql, imageIds: page.ids }) as (OfImage & {
    number: number | null
    hash: string | null
    origin: string | null
  })[]
  eachRow(page, rows, (place, { number, hash, origin }) => {
    columns.group[place] = number ?? 0
    if (hash !== null) {
      columns.hashHigh[place] = Number.parseInt(hash.slice(0, 8), 16)
      columns.hashLow[place] = Number.parseInt(hash.slice(8, 16), 16)
    }
    const name = origin === null ? null : placeName(origin, page.together)
    // 0 says nothing, so no name may have it.
    if (name !== null) columns.place[place] = hashText(name, 0) || 1
  })
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
  const sql = `SELECT s.image_id, s.pixels,
       s.text_length + (SELECT coalesce(sum(length(text)), 0) FROM alt_text WHERE image_id = s.image_id) AS length,
       (SELECT m.sharpness FROM duplicate_member m
        WHERE m.image_id = s.image_id AND m.run_id = ${LAST_DUPLICATE_RUN}) AS sharpness
     FROM image_state s WHERE s.image_id ${IN_LIST} ORDER BY s.image_id`
  const rows = selectAround(db, { sql, imageIds: page.ids }) as (OfImage & {
    pixels: number
    sharpness: number | null
    length: number
  })[]
  eachRow(page, rows, (place, row) => {
    pixels[place] = row.pixels
    sharpness[place] = row.sharpness ?? 0
    textLength[place] = row.length
  })
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
  const sql = `SELECT s.image_id, ${STRATUM[page.by]} AS value
     FROM image_state s WHERE s.image_id ${IN_LIST} ORDER BY s.image_id`
  const rows = selectAround(db, { sql, imageIds: page.ids }) as (OfImage & {
    value: string | number | null
  })[]
  eachRow(page, rows, (place, { value }) => {
    const name = stratumName(page.by, value)
    const index = indexes.get(name) ?? indexes.size
    indexes.set(name, index)
    strata[place] = index
  })
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
  const sql = `SELECT c.image_id, c.text FROM caption c WHERE c.image_id ${IN_LIST} ORDER BY c.image_id`
  return listTexts(page, selectAround(db, { sql, imageIds: page.ids }) as TextRow[])
}

/** Without names of files, which are no descriptions. */
function listAlts(db: Database, page: Page): readonly string[][] {
  const sql = `SELECT a.image_id, a.text FROM alt_text a
     WHERE a.image_id ${IN_LIST} AND a.origin <> 'file-name' ORDER BY a.image_id`
  return listTexts(page, selectAround(db, { sql, imageIds: page.ids }) as TextRow[])
}

interface TextRow extends OfImage {
  readonly text: string
}

function listTexts(page: Page, rows: readonly TextRow[]): readonly string[][] {
  const texts: string[][] = Array.from(page.ids, () => [])
  eachRow(page, rows, (place, { text }) => texts[place]?.push(text))
  return texts
}

/** The rows that were selected around a page, each with its image's place in the page. Rows are in the order of images. */
function eachRow<Row extends { readonly image_id: number }>(
  { ids }: Page,
  rows: readonly Row[],
  onRow: (place: number, row: Row) => void,
): void {
  let place = 0
  for (const row of rows) {
    while ((ids[place] ?? row.image_id) < row.image_id) place += 1
    if (ids[place] === row.image_id) onRow(place, row)
  }
}
