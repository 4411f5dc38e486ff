const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** `22 Nov 2026, 00:35`, by the clock of this machine. */
export function formatDay(at: number): string {
  return DAY.format(at)
}
