import type { ExportColumns } from './export-columns.ts'
import type { WriteOptions } from './format.ts'
import type { OutputColumn, OutputRow } from './parquet-writer.ts'

type TableColumn = OutputColumn & { readonly name: keyof ExportColumns }

const TABLE_COLUMNS = [
  { name: 'image_id', kind: 'text' },
  { name: 'file_name', kind: 'text' },
  { name: 'text', kind: 'text' },
  { name: 'sha256', kind: 'text' },
  { name: 'width', kind: 'int' },
  { name: 'height', kind: 'int' },
  { name: 'alt', kind: 'texts' },
  { name: 'caption', kind: 'text' },
  { name: 'round', kind: 'int' },
  { name: 'guideline_version', kind: 'int' },
  { name: 'review', kind: 'text' },
  { name: 'status', kind: 'text' },
  { name: 'language', kind: 'text' },
  { name: 'tags', kind: 'texts' },
  { name: 'annotator', kind: 'text' },
  { name: 'updated_at', kind: 'text' },
] as const satisfies readonly TableColumn[]
const SEVERAL = [
  { name: 'texts', kind: 'texts' },
  { name: 'text_roles', kind: 'texts' },
] as const satisfies readonly TableColumn[]

/** The columns of exported tables as a Parquet file types them. */
export function tableColumns({
  isSeveral,
}: Pick<WriteOptions, 'isSeveral'>): readonly TableColumn[] {
  return isSeveral ? [...TABLE_COLUMNS, ...SEVERAL] : TABLE_COLUMNS
}

/** The cells of a row. UTF-8 cannot hold half a character, so one becomes U+FFFD; `isDamaged` says whether. */
export function tableRow(columns: ExportColumns): {
  readonly row: OutputRow
  readonly isDamaged: boolean
} {
  let isDamaged = false
  const clean = (text: string): string => {
    isDamaged ||= !text.isWellFormed()
    return text.toWellFormed()
  }
  const row = new Map<string, OutputRow[string]>()
  for (const { name } of [...TABLE_COLUMNS, ...SEVERAL]) {
    const value: string | number | readonly string[] | null = columns[name] ?? null
    if (typeof value === 'string') row.set(name, clean(value))
    else row.set(name, typeof value === 'object' && value !== null ? value.map(clean) : value)
  }
  return { row: Object.fromEntries(row), isDamaged }
}
