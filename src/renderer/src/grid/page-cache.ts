export interface RowPage<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

export interface PageCacheOptions<Row> {
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

const MAX_IN_FLIGHT = 3

/**
 * Holds the pages of a long listing around what is shown, newest used last. `refresh` keeps old rows
 * in sight until new ones come, so that nothing flickers and the focus stays; `reset` drops them.
 */
export class PageCache<Row> {
  readonly #options: PageCacheOptions<Row>
  readonly #pageSize: number
  readonly #maxPages: number
  readonly #pages = new Map<number, Page<Row>>()
  readonly #inFlight = new Map<number, AbortController>()
  #wanted: readonly number[] = []
  /** How many of the wanted pages, from the first, are in view. */
  #inView = 0
  #version = 0
  #generation = 0
  #total: number | undefined
  #failedAt = -1

  constructor(options: PageCacheOptions<Row>) {
    this.#options = options
    this.#pageSize = options.pageSize ?? 100
    this.#maxPages = options.maxPages ?? 120
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

  /** Says which rows are in view: their pages are fetched first, then one page on each side. */
  show(first: number, last: number): void {
    const firstPage = Math.floor(Math.max(0, first) / this.#pageSize)
    const lastPage = Math.floor(Math.max(0, last) / this.#pageSize)
    const inView = range(firstPage, lastPage).filter((page) => this.#exists(page))
    const beside = [lastPage + 1, firstPage - 1].filter((page) => this.#exists(page))
    this.#wanted = [...inView, ...beside]
    this.#inView = inView.length
    for (const page of inView) this.#touch(page)
    for (const [page, controller] of this.#inFlight) {
      if (!this.#wanted.includes(page)) controller.abort()
    }
    this.#fetchNext()
  }

  /** Fetches all rows between two positions, for selecting a range that was never in view. */
  async load(first: number, last: number, signal: AbortSignal): Promise<readonly Row[]> {
    const rows: Row[] = []
    const limit = this.#pageSize
    for (let position = first; position <= last; position += limit) {
      const held = range(position, Math.min(last, position + limit - 1)).map((at) => this.get(at))
      if (held.every((row) => row !== undefined)) {
        rows.push(...held)
        continue
      }
      const page = await this.#options.fetchPage({
        position,
        limit: Math.min(limit, last - position + 1),
        signal,
      })
      rows.push(...page.rows)
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
    this.#wanted = [0]
    this.#inView = 1
    this.#abortAll()
    this.#fetchNext()
  }

  close(): void {
    this.#generation += 1
    this.#wanted = []
    this.#abortAll()
  }

  #abortAll(): void {
    for (const controller of this.#inFlight.values()) controller.abort()
    this.#inFlight.clear()
  }

  #exists(page: number): boolean {
    if (page < 0) return false
    return page === 0 || this.#total === undefined || page * this.#pageSize < this.#total
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
    let isViewWhole = true
    for (const [place, page] of this.#wanted.entries()) {
      if (this.#inFlight.size >= MAX_IN_FLIGHT) return
      // What somebody waits for does not share the core with what nobody has asked for yet.
      if (place >= this.#inView && !isViewWhole) return
      if (this.#pages.get(page)?.version === this.#version) continue
      if (place < this.#inView) isViewWhole = false
      if (!this.#inFlight.has(page)) void this.#fetch(page)
    }
  }

  async #fetch(index: number): Promise<void> {
    const controller = new AbortController()
    const generation = this.#generation
    const version = this.#version
    this.#inFlight.set(index, controller)
    try {
      const page = await this.#options.fetchPage({
        position: index * this.#pageSize,
        limit: this.#pageSize,
        signal: controller.signal,
      })
      if (generation === this.#generation) this.#store(index, page, version)
    } catch (error) {
      if (generation === this.#generation && !controller.signal.aborted) {
        this.#failedAt = version
        this.#options.onError(error)
      }
    }
    if (this.#inFlight.get(index) === controller) this.#inFlight.delete(index)
    if (generation === this.#generation) this.#fetchNext()
  }

  #store(index: number, page: RowPage<Row>, version: number): void {
    this.#pages.delete(index)
    this.#pages.set(index, { rows: page.rows, version })
    this.#total = page.total
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#maxPages) break
      if (!this.#wanted.includes(oldest)) this.#pages.delete(oldest)
    }
    this.#options.onChange()
  }
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset)
}
