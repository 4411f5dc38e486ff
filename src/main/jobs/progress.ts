const RATE_WINDOW_MS = 10_000

/** Rate and remaining time from the recent past, so that a slow start or a pause does not spoil them. */
export function createRateMeter(now: () => number = Date.now) {
  let samples: { readonly at: number; readonly count: number }[] = []
  return {
    sample(count: number): void {
      const at = now()
      samples.push({ at, count })
      samples = samples.filter((sample) => at - sample.at <= RATE_WINDOW_MS)
    },
    /** Items a second, or null until there is something to tell. */
    ratePerSecond(): number | null {
      const first = samples[0]
      const last = samples.at(-1)
      if (first === undefined || last === undefined || last.at - first.at < 250) return null
      return ((last.count - first.count) * 1_000) / (last.at - first.at)
    },
    remainingMs(count: number, total: number | null): number | null {
      const rate = this.ratePerSecond()
      if (total === null || rate === null || rate <= 0) return null
      return Math.max(0, Math.round(((total - count) / rate) * 1_000))
    },
  }
}
