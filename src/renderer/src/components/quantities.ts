const COUNT = new Intl.NumberFormat('en')

/** `1,000,240` */
export function formatCount(value: number): string {
  return COUNT.format(value)
}

/** `1 image`, `2 images` */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

/** `212/s`, or per minute where that is the readable number. */
export function formatRate(perSecond: number, unit = ''): string {
  const name = unit === '' ? '' : ` ${unit}`
  if (perSecond >= 10) return `${formatCount(Math.round(perSecond))}${name}/s`
  if (perSecond >= 1) return `${perSecond.toFixed(1)}${name}/s`
  return `${formatCount(Math.round(perSecond * 60))}${name}/min`
}

/** A length of time in its two largest units: `45 s`, `22 min`, `3 h 10 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`
}

/** `24 KB`, `3.1 MB`; powers of 1000, as file managers count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`
}

const DATE = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', day: 'numeric' })

/** `just now`, `5 min ago`, then the date. Times are milliseconds since 1970. */
export function formatAgo(at: number, now: number): string {
  const ms = now - at
  if (ms < 45_000) return 'just now'
  if (ms < 24 * 3_600_000) return `${formatDuration(Math.max(60_000, ms))} ago`
  return DATE.format(at)
}
