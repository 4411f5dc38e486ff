import type { ColumnMap, ColumnRole } from '../../../../shared/domain/column-roles.ts'

/** Roles that only one column can have: giving one to a column takes it from the column that had it. */
const SINGLE_ROLES: readonly ColumnRole[] = ['image', 'caption', 'id']

/** The map with one column's role changed; `columns` are all columns of the table. */
export function withRole(
  map: ColumnMap,
  columns: readonly string[],
  { column, role }: { readonly column: string; readonly role: ColumnRole },
): ColumnMap {
  const isSingle = SINGLE_ROLES.includes(role)
  return Object.fromEntries(
    columns.map((name) => {
      if (name === column) return [name, role]
      const before = map[name] ?? 'ignore'
      return [name, isSingle && before === role ? 'ignore' : before]
    }),
  )
}
