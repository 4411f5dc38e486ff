import { isCovered, missingRuns, type PageRun } from './page-runs.ts'

export interface RowPage<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

export interface PageCacheOptions<Row> {
  /** Asks for some rows; never for more than 500 at once. */
  readonly fetchPage: (request: {
    readonly position: number
    readonly limit: number
    readonly signal: AbortSignal
  }) => Promise<RowPage<Row>>
  /** Rows or the total changed. */
  readonly onChange: () => void
  readonly onError: (error: unknown) => void
  readonly pageSize?: number
  readonly maxPages?: number
}

interface Page<Row> {
  readonly rows: readonly Row[]
  /** Pages of an older version are shown until their newer form arrives. */
  readonly version: number
}

interface Request extends PageRun {
  readonly controller: AbortController
}

/** As little as a jump can wait for: a table shows about as many rows. */
const PAGE_ROWS = 20
const MAX_PAGES = 600
const MAX_IN_FLIGHT = 3
/** Pages that one request asks for at most. */
const MAX_RUN_PAGES = 10
/** As many pages are held on each side of the view, or as many as it shows where those are more. */
const MIN_BESIDE_PAGES = 5
/** Rows that one request of `load` asks for. */
const LOAD_ROWS = 500

/**
 * Holds the pages of a long listing around what is shown, newest used last. Pages are small, and all that is missing
 * in the view is one request, so that a jump waits for little more than what it shows. `refresh` keeps old rows
 * in sight until new ones come, so that nothing flickers and the focus stays; `reset` drops them.
 */
export class PageCache<Row> {
  readonly #options: PageCacheOptions<Row>
  readonly #pageSize: number
  readonly #maxPages: number
  readonly #pages = new Map<number, Page<Row>>()
  #inFlight: readonly Request[] = []
  #view: PageRun = { first: 0, last: -1 }
  #isGoingUp = false
  #version = 0
  #generation = 0
  #total: number | undefined
  #failedAt = -1

  constructor(options: PageCacheOptions<Row>) {
    this.#options = options
    this.#pageSize = options.pageSize ?? PAGE_ROWS
    this.#maxPages = options.maxPages ?? MAX_PAGES
  }

  /** How many rows the listing has; undefined until the first answer. */
  get total(): number | undefined {
    return this.#total
  }

  get(position: number): Row | undefined {
    const page = this.#pages.get(Math.floor(position / this.#pageSize))
    return page?.rows[position % this.#pageSize]
  }

  /** Every row held now, in no order. */
  *rows(): Generator<Row> {
    for (const page of this.#pages.values()) yield* page.rows
  }

  /** Says which rows are in view: theirs are fetched first, then more on both sides, beginning where the view goes. */
  show(first: number, last: number): void {
    const before = this.#view
    this.#view = this.#existing({ first: this.#pageAt(first), last: this.#pageAt(last) })
    if (this.#view.first !== before.first) this.#isGoingUp = this.#view.first < before.first
    for (let page = this.#view.first; page <= this.#view.last; page += 1) this.#touch(page)
    const wanted = this.#wanted()
    this.#drop((request) => request.last < wanted.first || request.first > wanted.last)
    this.#fetchNext()
  }

  /**
   * Fetches all rows between two positions, for selecting a range that was never in view. Rejects with an AbortError when
   * another listing is shown meanwhile: its rows at these positions are not the ones that were meant.
   */
  async load(first: number, last: number, signal: AbortSignal): Promise<readonly Row[]> {
    const generation = this.#generation
    const rows: Row[] = []
    for (let position = first; position <= last; position += LOAD_ROWS) {
      const end = Math.min(last, position + LOAD_ROWS - 1)
      const held = range(position, end).map((at) => this.get(at))
      if (held.every((row) => row !== undefined)) {
        rows.push(...held)
        continue
      }
      const limit = end - position + 1
      rows.push(...(await this.#options.fetchPage({ position, limit, signal })).rows)
      if (generation !== this.#generation) {
        throw new DOMException('Another listing is shown.', 'AbortError')
      }
    }
    return rows
  }

  /** Fetches again what is shown, because it may have changed. */
  refresh(): void {
    this.#version += 1
    this.#failedAt = -1
    this.#fetchNext()
  }

  /** Drops everything, because the listing is another one. */
  reset(): void {
    this.#generation += 1
    this.#version += 1
    this.#failedAt = -1
    this.#total = undefined
    this.#pages.clear()
    this.#view = { first: 0, last: 0 }
    this.#drop(() => true)
    this.#fetchNext()
  }

  close(): void {
    this.#generation += 1
    this.#view = { first: 0, last: -1 }
    this.#drop(() => true)
  }

  #drop(isUnwanted: (request: Request) => boolean): void {
    const unwanted = this.#inFlight.filter(isUnwanted)
    if (unwanted.length === 0) return
    this.#inFlight = this.#inFlight.filter((request) => !unwanted.includes(request))
    for (const { controller } of unwanted) controller.abort()
  }

  #pageAt(position: number): number {
    return Math.floor(Math.max(0, position) / this.#pageSize)
  }

  /** The part of a run that the listing has, as far as its length is known; the first page always. */
  #existing({ first, last }: PageRun): PageRun {
    const end = this.#total === undefined ? last : Math.max(0, this.#pageAt(this.#total - 1))
    return { first: Math.max(0, first), last: Math.min(last, end) }
  }

  #besidePages(): number {
    return Math.max(MIN_BESIDE_PAGES, this.#view.last - this.#view.first + 1)
  }

  /** All that may be fetched: the view and what lies beside it. */
  #wanted(): PageRun {
    const { first, last } = this.#view
    const beside = this.#besidePages()
    return this.#existing({ first: first - beside, last: last + beside })
  }

  #touch(index: number): void {
    const page = this.#pages.get(index)
    if (page === undefined) return
    this.#pages.delete(index)
    this.#pages.set(index, page)
  }

  #fetchNext(): void {
    // After a failure only `refresh`, `reset` or a newer version try again: no hammering.
    if (this.#failedAt === this.#version) return
    this.#fetchRuns(this.#view)
    // What somebody waits for does not share the core with what nobody has asked for yet.
    if (!this.#isFresh(this.#view)) return
    const above = this.#beside('above')
    const below = this.#beside('below')
    for (const run of this.#isGoingUp ? [above, below] : [below, above]) this.#fetchRuns(run)
  }

  /** What to fetch on one side: nothing while half of it is there, so that a long scroll asks seldom. */
  #beside(side: 'above' | 'below'): PageRun {
    const { first, last } = this.#view
    const beside = this.#besidePages()
    const run = this.#existing(
      side === 'above'
        ? { first: first - beside, last: first - 1 }
        : { first: last + 1, last: last + beside },
    )
    const near = Math.ceil(beside / 2)
    const nearest =
      side === 'above'
        ? { first: Math.max(run.first, run.last - near + 1), last: run.last }
        : { first: run.first, last: Math.min(run.last, run.first + near - 1) }
    return missingRuns(nearest, this.#hasOrAwaits).length === 0 ? { first: 0, last: -1 } : run
  }

  #fetchRuns(wanted: PageRun): void {
    for (const run of missingRuns(wanted, this.#hasOrAwaits, MAX_RUN_PAGES)) {
      if (this.#inFlight.length >= MAX_IN_FLIGHT) return
      void this.#fetch(run)
    }
  }

  readonly #hasOrAwaits = (page: number): boolean =>
    this.#pages.get(page)?.version === this.#version || isCovered(this.#inFlight, page)

  #isFresh({ first, last }: PageRun): boolean {
    return range(first, last).every((page) => this.#pages.get(page)?.version === this.#version)
  }

  async #fetch(run: PageRun): Promise<void> {
    const controller = new AbortController()
    const request: Request = { ...run, controller }
    const version = this.#version
    const generation = this.#generation
    this.#inFlight = [...this.#inFlight, request]
    try {
      const answer = await this.#options.fetchPage({
        position: run.first * this.#pageSize,
        limit: (run.last - run.first + 1) * this.#pageSize,
        signal: controller.signal,
      })
      this.#finish(request)
      if (generation === this.#generation) this.#store(run, answer, version)
    } catch (error) {
      this.#finish(request)
      if (generation === this.#generation && !controller.signal.aborted) {
        this.#failedAt = version
        this.#options.onError(error)
      }
    }
    if (generation === this.#generation) this.#fetchNext()
  }

  #finish(request: Request): void {
    this.#inFlight = this.#inFlight.filter((other) => other !== request)
  }

  #store({ first, last }: PageRun, answer: RowPage<Row>, version: number): void {
    const size = this.#pageSize
    for (let index = first; index <= last; index += 1) {
      const rows = answer.rows.slice((index - first) * size, (index - first + 1) * size)
      this.#pages.delete(index)
      this.#pages.set(index, { rows, version })
    }
    this.#total = answer.total
    const wanted = this.#wanted()
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#maxPages) break
      if (oldest < wanted.first || oldest > wanted.last) this.#pages.delete(oldest)
    }
    this.#options.onChange()
  }
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset)
}
