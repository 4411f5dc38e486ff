interface State {
  readonly length: number
  link: number
  readonly next: Map<string, number>
}

/**
 * Length of the longest run of words that both lists have, by a suffix automaton of the first (Blumer and others
 * 1985): time grows with the words of both.
 */
export function longestCommonRun(one: readonly string[], other: readonly string[]): number {
  const states = buildAutomaton(one)
  let at = 0
  let length = 0
  let longest = 0
  for (const word of other) {
    while (at !== 0 && states[at]?.next.has(word) !== true) {
      at = states[at]?.link ?? 0
      length = states[at]?.length ?? 0
    }
    const next = states[at]?.next.get(word)
    if (next !== undefined) {
      at = next
      length += 1
    }
    longest = Math.max(longest, length)
  }
  return longest
}

function buildAutomaton(words: readonly string[]): State[] {
  const states: State[] = [{ length: 0, link: -1, next: new Map() }]
  let last = 0
  for (const word of words) last = extend(states, last, word)
  return states
}

function extend(states: State[], last: number, word: string): number {
  const current = states.length
  const state: State = { length: (states[last]?.length ?? 0) + 1, link: 0, next: new Map() }
  states.push(state)
  let at = last
  while (at >= 0 && states[at]?.next.has(word) === false) {
    states[at]?.next.set(word, current)
    at = states[at]?.link ?? -1
  }
  if (at < 0) return current
  const target = states[at]?.next.get(word) ?? 0
  const found = states[target]
  const length = (states[at]?.length ?? 0) + 1
  if (found === undefined || found.length === length) {
    state.link = target
    return current
  }
  const clone = states.length
  states.push({ length, link: found.link, next: new Map(found.next) })
  while (at >= 0 && states[at]?.next.get(word) === target) {
    states[at]?.next.set(word, clone)
    at = states[at]?.link ?? -1
  }
  found.link = clone
  state.link = clone
  return current
}
