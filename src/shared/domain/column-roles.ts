/** What a column of an imported table may mean. Several columns may be alt-texts; at most one is the image. */
export const COLUMN_ROLES = [
  'image',
  'url',
  'alt',
  'title',
  'web-caption',
  'caption',
  'proposal',
  'tags',
  'id',
  'ignore',
] as const

export type ColumnRole = (typeof COLUMN_ROLES)[number]

export function isColumnRole(value: string): value is ColumnRole {
  return (COLUMN_ROLES as readonly string[]).includes(value)
}

/** Column name to role; columns that are not named are ignored. */
export type ColumnMap = Readonly<Record<string, ColumnRole>>
