export type SqlValue = string | number

/** A piece of SQL that is true or false, never null, about the row `s` of image_state, with its parameters in order. */
export interface Condition {
  readonly sql: string
  readonly params: readonly SqlValue[]
  /** Where the condition is that the image is among those of a statement: that statement, with the same parameters. */
  readonly select?: string
}

export const ALWAYS: Condition = { sql: 'TRUE', params: [] }

export function anyOf(conditions: readonly Condition[]): Condition {
  return join(conditions, ' OR ')
}

export function allOf(conditions: readonly Condition[]): Condition {
  return join(conditions, ' AND ')
}

export function not(condition: Condition): Condition {
  return { sql: `NOT (${condition.sql})`, params: condition.params }
}

function join(conditions: readonly Condition[], word: string): Condition {
  const only = conditions[0]
  if (only !== undefined && conditions.length === 1) return only
  return {
    sql: `(${conditions.map((condition) => condition.sql).join(word)})`,
    params: conditions.flatMap((condition) => condition.params),
  }
}

/** Wraps a condition on another table's row so that a null in it counts as false. */
export function exists(from: string, condition: Condition): Condition {
  return {
    sql: `EXISTS (SELECT 1 FROM ${from} AND ${condition.sql})`,
    params: condition.params,
  }
}

/** `column IN (?, ?)` */
export function isOneOf(column: string, values: readonly SqlValue[]): Condition {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, params: values }
}
