/** Lists and objects within each other; what is deeper is no data set, and writing it as text again would overflow. */
export const MAX_JSON_DEPTH = 500

export const TOO_DEEP = `nested deeper than ${MAX_JSON_DEPTH} lists or objects`

/** Whether a parsed value is nested too deep; level by level, because a walk down would overflow with it. */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isNested)
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= MAX_JSON_DEPTH) return true
    const below: object[] = []
    for (const nested of level) {
      for (const child of Object.values(nested)) if (isNested(child)) below.push(child)
    }
    level = below
  }
  return false
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
