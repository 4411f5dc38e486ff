/** Values of `shuffled` lie from 0 to below this. */
export const SHUFFLED_BELOW = 2 ** 32

/** Knuth's multiplicative hash of an id, in SQL: an order that is the same each time and follows no order of import. */
export function shuffled(column: string): string {
  return `(${column} * 2654435761) % ${SHUFFLED_BELOW}`
}
