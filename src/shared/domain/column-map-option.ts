import { AppError } from '../errors.ts'
import type { ColumnMap, ColumnRole } from './column-roles.ts'
import { COLUMN_ROLES, isColumnRole } from './column-roles.ts'

interface RoleColumn {
  readonly role: string
  readonly column: string
}

const EXAMPLE = 'alt=caption,image=file_name'

/**
 * Reads a column mapping from a command line: pairs of `role=column` with commas between them, a role as often
 * as it is needed. A column name is taken up to the next comma; quotation marks around it or a backslash before
 * a character let it hold commas, and a JSON object of roles to columns (or lists of columns) holds anything.
 * @throws AppError MAPPING_INVALID, which lists the roles.
 */
export function parseMapOption(option: string): ColumnMap {
  const text = option.trim()
  const pairs = text.startsWith('{') ? parseJsonPairs(text) : parsePairs(text)
  const map = new Map<string, ColumnRole>()
  for (const { role, column } of pairs) {
    if (!isColumnRole(role)) {
      throw invalid(
        `"${role}" is no role of a column. The roles are ${COLUMN_ROLES.join(', ')}; write it as in ${EXAMPLE}.`,
      )
    }
    const other = map.get(column)
    if (other !== undefined && other !== role) {
      throw invalid(
        `The column "${column}" is mapped both as ${other} and as ${role}. A column has one role.`,
      )
    }
    map.set(column, role)
  }
  return Object.fromEntries(map)
}

function parsePairs(text: string): readonly RoleColumn[] {
  const pairs: RoleColumn[] = []
  let rest = text
  while (rest !== '') {
    const equals = rest.indexOf('=')
    const role = rest.slice(0, Math.max(equals, 0)).trim()
    if (role === '')
      throw invalid(
        `The mapping is not a list of role=column at "${rest}". Write it as in ${EXAMPLE}.`,
      )
    const { column, length } = readColumn(rest.slice(equals + 1))
    if (column === '') throw invalid(`The role "${role}" has no column. Write it as in ${EXAMPLE}.`)
    pairs.push({ role, column })
    rest = rest.slice(equals + 1 + length)
  }
  return pairs
}

/** Reads a column name and the comma behind it; `length` is what they take. */
function readColumn(text: string): { readonly column: string; readonly length: number } {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/su.exec(text)
  if (quoted !== null) return { column: unescape(quoted[1] ?? ''), length: quoted[0].length }
  const plain = /^((?:[^,\\]|\\.|\\$)*)(?:,|$)/su.exec(text)
  return { column: unescape((plain?.[1] ?? text).trim()), length: plain?.[0].length ?? text.length }
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gsu, '$1')
}

function parseJsonPairs(text: string): readonly RoleColumn[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid(
      `The mapping starts like JSON, but is not valid: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([role, columns]: [string, unknown]) => {
    const names: readonly unknown[] = Array.isArray(columns) ? columns : [columns]
    return names.map((column) => {
      if (typeof column === 'string' && column !== '') return { role, column }
      throw invalid(
        `The role "${role}" should name a column or a list of columns, but has ${JSON.stringify(column)}.`,
      )
    })
  })
}

function invalid(message: string): AppError {
  return new AppError('MAPPING_INVALID', message, { data: { roles: COLUMN_ROLES } })
}
