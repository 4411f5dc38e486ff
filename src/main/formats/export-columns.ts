import type { ExchangeImage, ExportRow, WriteOptions } from './format.ts'

/** The columns of exported tables. Every row has the same ones, with one type each: `null` stands for nothing. */
export interface ExportColumns {
  readonly image_id: string
  readonly file_name: string
  readonly sha256: string | null
  readonly width: number | null
  readonly height: number | null
  readonly alt: readonly string[]
  /** A caption that somebody made; never an alt-text in its place. */
  readonly caption: string | null
  /** The text that the options choose; the first of them where there are several. */
  readonly text: string | null
  /** Several texts and what each of them is; only there where several are asked for. */
  readonly texts?: readonly string[]
  readonly text_roles?: readonly string[]
  readonly round: number
  /** Version of the round's guideline that the caption was written by. */
  readonly guideline_version: number | null
  /** The decision that stands about the image, `accepted` or `returned`. */
  readonly review: string | null
  readonly status: string
  /** Not known yet for any image; the column is there so that tables keep their shape. */
  readonly language: string | null
  readonly tags: readonly string[]
  readonly annotator: string | null
  readonly updated_at: string
}

const CSV_HEADER = [
  ...[
    'image_id',
    'file_name',
    'sha256',
    'width',
    'height',
    'alt',
    'alts',
    'caption',
    'text',
    'round',
    'guideline_version',
    'review',
  ],
  ...['status', 'language', 'tags', 'annotator', 'updated_at'],
] as const
const SEVERAL = ['texts', 'text_roles'] as const
type CellName = (typeof CSV_HEADER)[number] | (typeof SEVERAL)[number]

/** The names of the cells, in their order. */
export function csvHeader({ isSeveral }: Pick<WriteOptions, 'isSeveral'>): readonly CellName[] {
  return isSeveral ? [...CSV_HEADER, ...SEVERAL] : CSV_HEADER
}

export function exportColumns(row: ExportRow, fileName: string): ExportColumns {
  const { image } = row
  const head = image.revisions.find((revision) => revision.uid === image.headRevision)
  return {
    image_id: image.uid,
    file_name: fileName,
    sha256: image.sha256,
    width: image.width,
    height: image.height,
    alt: image.alts.map(({ text }) => text),
    caption: row.caption,
    text: row.textKind === 'none' ? null : row.text,
    round: image.round,
    guideline_version: head?.guidelineVersion ?? null,
    review: image.reviews.findLast((review) => !review.isWithdrawn)?.decision ?? null,
    status: image.status,
    language: null,
    tags: image.tags,
    annotator: row.annotator === '' ? null : row.annotator,
    updated_at: new Date(row.updatedAt).toISOString(),
    ...(row.texts === null
      ? {}
      : {
          texts: row.texts.map(({ text }) => text),
          text_roles: row.texts.map(({ role }) => role),
        }),
  }
}

/** The same as cells: the first alt-text as it is, and all of them as a JSON list. */
export function exportCells(columns: ExportColumns): Readonly<Record<CellName, string>> {
  return {
    image_id: columns.image_id,
    file_name: columns.file_name,
    sha256: columns.sha256 ?? '',
    width: columns.width === null ? '' : String(columns.width),
    height: columns.height === null ? '' : String(columns.height),
    alt: columns.alt[0] ?? '',
    alts: listCell(columns.alt),
    caption: columns.caption ?? '',
    text: columns.text ?? '',
    round: String(columns.round),
    guideline_version: columns.guideline_version === null ? '' : String(columns.guideline_version),
    review: columns.review ?? '',
    status: columns.status,
    language: columns.language ?? '',
    tags: listCell(columns.tags),
    annotator: columns.annotator ?? '',
    updated_at: columns.updated_at,
    texts: listCell(columns.texts ?? []),
    text_roles: listCell(columns.text_roles ?? []),
  }
}

function listCell(texts: readonly string[]): string {
  return texts.length === 0 ? '' : JSON.stringify(texts)
}

/** The name that a table without pictures gives an image: its relative path in the source, else its file name. */
export function nameInSource(image: ExchangeImage): string {
  // Locators without a file, and whatever would name a place on somebody's disk, are of no use to others.
  const path = image.locations.find((locator) => !/^(?:row|url):|^\/|^[A-Za-z]:[\\/]/.test(locator))
  return path ?? image.fileName
}
