import type { AltOrigin } from '../../shared/domain/alt-origin.ts'
import type { ColumnMap, ColumnRole } from '../../shared/domain/column-roles.ts'
import { AppError } from '../../shared/errors.ts'
import { EmbeddedPicture } from './embedded-picture.ts'

export const IMAGE_NAME = /\.(?:jpe?g|png|webp|gif|avif|tiff?|bmp|svg)$/i
export const WEB_ADDRESS = /^https?:\/\//i

/** Columns of a table with some of its rows, each row's cells in the order of the columns. */
export interface ColumnSample {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

// In order of preference: where a table has several, the first of the list is taken.
const IMAGE_NAMES = [
  ...[
    'file_name',
    'filename',
    'image_path',
    'img_path',
    'image_file',
    'img_file',
    'image_file_name',
  ],
  ...['image', 'img', 'filepath', 'file_path', 'path', 'file', 'image_name', 'picture', 'photo'],
]
const URL_NAMES = [
  ...['url', 'image_url', 'img_url', 'image_link', 'source_url', 'coco_url', 'flickr_url', 'link'],
]
const ID_NAMES = [
  ...['id', 'key', 'uid', 'uuid', 'image_id', 'img_id', 'example_id', 'sample_id', 'coco_id'],
]
const ALT_NAMES = new Set([
  ...['alt', 'alts', 'alt_text', 'alt_texts', 'alttext', 'text', 'texts', 'txt', 'description'],
  ...['descriptions', 'prompt', 'sentence', 'sentences', 'raw_text', 'org_text', 'org_caption'],
])
const CAPTION_NAME = /(?:^|_)captions?(?:_|$)/
const WEB_CAPTION_NAMES = new Set([
  ...['web_caption', 'caption_reference_description', 'caption_attribution_description'],
])
const ORIGIN_BY_ALT_NAME = new Map<string, AltOrigin>([
  ['caption_alt_text_description', 'alt'],
  ['org_caption', 'alt'],
  ['raw_caption', 'alt'],
])
const TITLE_NAMES = new Set(['title', 'image_title', 'data_image_title'])
const TAG_NAMES = new Set(['tags', 'keywords'])
// Texts that models made of pictures are to be looked at, and no anchors.
const PROPOSAL_NAMES = new Set([
  ...['proposal', 'proposals', 're_caption', 'recaption', 'top_caption', 'all_captions'],
])
const SINGLE_ROLES: readonly ColumnRole[] = ['image', 'url', 'id', 'caption']
// Columns that only Realign's own tables have together; there `caption` is a caption and `text` repeats it.
const OWN_COLUMNS = ['image_id', 'alt', 'caption', 'round', 'status', 'annotator', 'updated_at']

/**
 * Settles what each column means. An explicit map wins; where it names no column for the image itself (`image`, `url`
 * or `id`), those roles alone are still found among the columns that it does not mention. Columns that are
 * not in the result are ignored.
 */
export function settleColumnMap(sample: ColumnSample, explicit: ColumnMap): ColumnMap {
  const named = Object.entries(explicit)
  if (named.length === 0) return sniffColumnMap(sample)
  const unknown = named
    .filter(([column]) => !sample.columns.includes(column))
    .map(([column]) => column)
  if (unknown.length > 0) {
    throw new AppError(
      'MAPPING_INVALID',
      `The mapping names ${quoteList(unknown)}, but the columns are ${quoteList(sample.columns)}. Use one of those names.`,
      { data: { unknown, columns: sample.columns } },
    )
  }
  for (const role of SINGLE_ROLES) {
    const columns = named.filter(([, other]) => other === role).map(([column]) => column)
    if (columns.length > 1) {
      throw new AppError(
        'MAPPING_INVALID',
        `Only one column can be "${role}", but the mapping gives ${quoteList(columns)}. Leave one of them.`,
        { data: { role, columns } },
      )
    }
  }
  if (named.some(([, role]) => role === 'image' || role === 'url' || role === 'id')) return explicit
  const rest = sniffColumnMap(sample)
  const identity = Object.entries(rest).filter(
    ([column, role]) =>
      !Object.hasOwn(explicit, column) && (role === 'image' || role === 'url' || role === 'id'),
  )
  return Object.fromEntries([...named, ...identity])
}

/** Guesses the meaning of columns by their names and, where no name fits, by what stands in them. */
function sniffColumnMap(sample: ColumnSample): ColumnMap {
  const roles = new Map<string, ColumnRole>()
  const columns = sample.columns.map((name, index) => ({
    name,
    key: normalise(name),
    values: valuesOf(sample, index),
  }))
  const take = (column: { name: string } | undefined, role: ColumnRole): void => {
    if (column !== undefined && !roles.has(column.name)) roles.set(column.name, role)
  }
  const byNames = (names: readonly string[]) =>
    names
      .flatMap((name) => columns.filter(({ key }) => key === name))
      .find(({ values }) => isPlain(values))

  take(
    columns.find(({ values }) => values.some((value) => value instanceof EmbeddedPicture)),
    'image',
  )
  if (!hasRole(roles, 'image'))
    take(byNames(IMAGE_NAMES) ?? columns.find(({ key }) => key.endsWith('_file_name')), 'image')
  take(byNames(URL_NAMES), 'url')
  take(byNames(ID_NAMES), 'id')
  const isOwn = OWN_COLUMNS.every((name) => sample.columns.includes(name))
  const hasList = sample.columns.includes('alts')
  for (const column of columns) {
    const role = isOwn ? roleInOwnTable(column.key, hasList) : roleByName(column)
    if (role !== null) take(column, role)
  }
  if (!hasRole(roles, 'image') && !hasRole(roles, 'url')) {
    const free = columns.filter(({ name }) => !roles.has(name) || roles.get(name) === 'id')
    const image = free.find(({ values }) =>
      isMostly(values, (text) => IMAGE_NAME.test(text) && !WEB_ADDRESS.test(text)),
    )
    const url = free.find(({ values }) => isMostly(values, (text) => WEB_ADDRESS.test(text)))
    if (image !== undefined) roles.set(image.name, 'image')
    if (url !== undefined) roles.set(url.name, 'url')
  }
  if (!['alt', 'title', 'web-caption', 'caption'].some((role) => hasRole(roles, role))) {
    take(mostProse(columns.filter(({ name }) => !roles.has(name))), 'alt')
  }
  return Object.fromEntries(roles)
}

/** The origin of texts from a column: the role says it, but for `alt`, where a column called caption is one. */
export function originOfColumn(column: string, role: 'alt' | 'title' | 'web-caption'): AltOrigin {
  if (role !== 'alt') return role
  const key = normalise(column)
  return ORIGIN_BY_ALT_NAME.get(key) ?? (CAPTION_NAME.test(key) ? 'imported-caption' : 'alt')
}

/** True for names in the plural, whose cells in a CSV may hold a JSON list of texts. */
export function isListColumn(column: string): boolean {
  return /(?:texts|alts|captions|descriptions|sentences|proposals|tags|keywords)$/.test(
    normalise(column),
  )
}

/** True for the header of a table that Realign wrote, whose TSV form escapes tabs and line feeds. */
export function isOwnHeader(columns: readonly string[]): boolean {
  return OWN_COLUMNS.every((name) => columns.includes(name))
}

/** True where a first row holds data and not names, as in the link tables that come without a header. */
export function looksLikeData(cells: readonly string[]): boolean {
  return cells.some((cell) => WEB_ADDRESS.test(cell) || IMAGE_NAME.test(cell))
}

function quoteList(names: readonly string[]): string {
  const shown = names
    .slice(0, 30)
    .map((name) => `"${name}"`)
    .join(', ')
  return names.length > 30 ? `${shown} and ${names.length - 30} more` : shown
}

function roleInOwnTable(key: string, hasList: boolean): ColumnRole | null {
  if (key === 'alts' || (key === 'alt' && !hasList)) return 'alt'
  if (key === 'caption') return 'caption'
  return key === 'tags' ? 'tags' : null
}

function roleByName(column: {
  readonly key: string
  readonly values: readonly unknown[]
}): ColumnRole | null {
  if (TAG_NAMES.has(column.key)) return 'tags'
  if (!areMostly(column.values, isTextual)) return null
  if (PROPOSAL_NAMES.has(column.key)) return 'proposal'
  if (TITLE_NAMES.has(column.key)) return 'title'
  if (WEB_CAPTION_NAMES.has(column.key)) return 'web-caption'
  if (ALT_NAMES.has(column.key)) return 'alt'
  const isNumeric = isMostly(
    column.values,
    (text) => text.trim() !== '' && Number.isFinite(Number(text)),
  )
  return CAPTION_NAME.test(column.key) && !isNumeric ? 'alt' : null
}

function normalise(name: string): string {
  return name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
}

function valuesOf(sample: ColumnSample, index: number): readonly unknown[] {
  return sample.rows.map((row) => row[index]).filter((value) => value != null && value !== '')
}

function hasRole(roles: ReadonlyMap<string, ColumnRole>, role: string): boolean {
  return [...roles.values()].some((other) => other === role)
}

function isPlain(values: readonly unknown[]): boolean {
  return areMostly(values, (value) => typeof value === 'string' || typeof value === 'number')
}

/** True for at least half of the values: rows of a wrong type are errors of their own, not a reason to lose the column. */
function areMostly(values: readonly unknown[], test: (value: unknown) => boolean): boolean {
  return values.filter(test).length * 2 >= values.length
}

function isTextual(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    (Array.isArray(value) &&
      value.every((element) => typeof element === 'string' || element === null))
  )
}

function isMostly(values: readonly unknown[], test: (text: string) => boolean): boolean {
  const hits = values.filter((value) => typeof value === 'string' && test(value)).length
  return values.length > 0 && hits >= values.length * 0.8
}

function mostProse<Column extends { readonly values: readonly unknown[] }>(
  columns: readonly Column[],
): Column | undefined {
  let best: { readonly column: Column; readonly words: number } | undefined
  for (const column of columns) {
    if (column.values.length === 0 || !areMostly(column.values, isTextual)) continue
    const texts = column.values.flat().filter((value) => typeof value === 'string')
    const prose = texts.filter((text) => !WEB_ADDRESS.test(text) && !IMAGE_NAME.test(text))
    const words = prose.reduce((sum, text) => sum + (text.match(/\p{L}{2,}/gu)?.length ?? 0), 0)
    const mean = words / Math.max(1, texts.length)
    if (mean >= 1.5 && (best === undefined || mean > best.words)) best = { column, words: mean }
  }
  return best?.column
}
