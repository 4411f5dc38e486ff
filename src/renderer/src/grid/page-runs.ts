/** Pages that follow each other; none where `last` is before `first`. */
export interface PageRun {
  readonly first: number
  readonly last: number
}

/** The stretches of a run whose pages are not there, each of at most `maxPages`, in order. */
export function missingRuns(
  { first, last }: PageRun,
  isThere: (page: number) => boolean,
  maxPages = Number.POSITIVE_INFINITY,
): readonly PageRun[] {
  const runs: PageRun[] = []
  let start: number | undefined
  for (let page = first; page <= last + 1; page += 1) {
    const isMissing = page <= last && !isThere(page)
    if (start !== undefined && (!isMissing || page - start >= maxPages)) {
      runs.push({ first: start, last: page - 1 })
      start = undefined
    }
    if (isMissing) start ??= page
  }
  return runs
}

export function isCovered(runs: readonly PageRun[], page: number): boolean {
  return runs.some((run) => page >= run.first && page <= run.last)
}
