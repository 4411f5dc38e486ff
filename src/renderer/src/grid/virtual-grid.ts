import {
  contentHeight,
  lineCount,
  lineTop,
  scrollToShow,
  type GridGeometry,
  type Lines,
} from './geometry.ts'
import { movedIndex } from './grid-keys.ts'
import { moveWindow } from './line-window.ts'
import { LinePool, type ItemView } from './line-pool.ts'
import type { PageCache } from './page-cache.ts'
import { ScrollMap } from './scroll-map.ts'
import { ScrollSpeed } from './scroll-speed.ts'
import type { Selection } from './selection.ts'

/** How the rows are laid out and drawn; changed as a whole. */
export interface GridLook<Row> {
  readonly kind: 'tiles' | 'table'
  readonly geometry: (width: number) => GridGeometry
  readonly createItem: () => ItemView<Row>
  /** The table's sticky first line. */
  readonly header?: HTMLElement
  readonly headerHeight: number
}

export interface VirtualGridOptions<Row, Id> {
  /** The element that scrolls and holds the focus. */
  readonly host: HTMLElement
  readonly label: string
  readonly look: GridLook<Row>
  readonly cache: PageCache<Row>
  readonly selection: Selection<Id>
  readonly idOf: (row: Row) => Id
  readonly onOpen: (row: Row, index: number) => void
  readonly onActiveChange: (index: number, row: Row | undefined) => void
  readonly onError: (error: unknown) => void
}

/** What is asked for while nobody knows how many rows there are: as many as the view could show. */
const UNKNOWN_TOTAL = 1_000_000
/** Above this many view heights a second, pictures wait until the scrolling slows down. */
const FAST_VIEWS_PER_SECOND = 6
const SETTLE_MS = 120
/** The selection of the contract holds at most this many named images. */
const MAX_RANGE = 100_000

/**
 * Draws the part of a long listing that is in view, with recycled elements. The host keeps the focus
 * and names the active cell (`aria-activedescendant`), so that recycling and refetching never lose it.
 */
export class VirtualGrid<Row, Id> {
  readonly #options: VirtualGridOptions<Row, Id>
  readonly #host: HTMLElement
  readonly #spacer: HTMLElement
  readonly #scroll = new ScrollMap()
  readonly #stops: (() => void)[] = []
  readonly #closed = new AbortController()
  #look: GridLook<Row>
  #geometry: GridGeometry
  #pool: LinePool<Row>
  #viewHeight = 0
  #active = 0
  #anchor = 0
  /** Gives up the range that is being loaded: only the last selection counts. */
  #range = new AbortController()
  #frame = 0
  #settleTimer: ReturnType<typeof setTimeout> | undefined
  readonly #speed = new ScrollSpeed()
  #isFast = false
  #isGoingUp = false
  #window: Lines = { first: 0, last: -1 }
  /** The rows that heights and counts were last set for. */
  #shownTotal: number | undefined

  constructor(options: VirtualGridOptions<Row, Id>) {
    this.#options = options
    this.#host = options.host
    this.#look = options.look
    this.#spacer = document.createElement('div')
    this.#spacer.className = 'grid-spacer'
    this.#spacer.role = 'presentation'
    this.#geometry = options.look.geometry(this.#host.clientWidth)
    this.#pool = new LinePool(this.#spacer, this.#look)
    this.#prepareHost()
    this.#listen()
    this.#measure()
  }

  get active(): number {
    return this.#active
  }

  get scrollTop(): number {
    return this.#scroll.top
  }

  /** Takes another layout, keeping the active cell in view. */
  setLook(look: GridLook<Row>): void {
    const line = Math.floor(this.#active / this.#geometry.columns)
    const place = lineTop(this.#geometry, line) - this.#scroll.top
    const wasInView = place > -this.#geometry.lineHeight && place < this.#viewHeight
    this.#look.header?.remove()
    this.#look = look
    this.#pool.close()
    this.#pool = new LinePool(this.#spacer, look)
    this.#prepareHost()
    this.#measure()
    if (wasInView) this.reveal(this.#active)
  }

  /** The rows or their number changed: draws at once, since what came is what somebody waits for. */
  update(): void {
    const total = this.#options.cache.total ?? 0
    if (total > 0 && this.#active >= total) this.#setActive(total - 1)
    if (total !== this.#shownTotal) this.#resize()
    this.#draw()
  }

  /** What the rows show beside their own data changed. */
  redraw(): void {
    this.#pool.forgetDrawn()
    this.#schedule()
  }

  /** Goes to the top of another listing. */
  startOver(): void {
    this.#anchor = 0
    this.#setActive(0)
    this.#jumpTo(0)
  }

  /** Comes back to where the grid was left. */
  restore(place: { readonly active: number; readonly scrollTop: number }): void {
    this.#anchor = place.active
    this.#active = place.active
    this.#resize()
    this.#jumpTo(place.scrollTop)
  }

  /** Makes a cell the active one and scrolls it into view. */
  reveal(index: number): void {
    this.#setActive(index)
    const top = scrollToShow(this.#geometry, Math.floor(index / this.#geometry.columns), {
      top: this.#scroll.top,
      height: this.#viewHeight,
      headerHeight: this.#look.headerHeight,
    })
    if (top === this.#scroll.top) this.#schedule()
    else this.#jumpTo(top)
  }

  focus(): void {
    this.#host.focus({ preventScroll: true })
  }

  close(): void {
    this.#closed.abort()
    for (const stop of this.#stops.toReversed()) stop()
    this.#pool.close()
    this.#spacer.remove()
    this.#look.header?.remove()
  }

  #prepareHost(): void {
    const host = this.#host
    host.role = 'grid'
    host.tabIndex = 0
    host.ariaLabel = this.#options.label
    host.setAttribute('aria-multiselectable', 'true')
    host.dataset['look'] = this.#look.kind
    host.replaceChildren(
      ...(this.#look.header === undefined ? [] : [this.#look.header]),
      this.#spacer,
    )
  }

  #listen(): void {
    const signal = this.#closed.signal
    this.#host.addEventListener(
      'scroll',
      () => {
        this.#onScroll()
      },
      { signal, passive: true },
    )
    this.#host.addEventListener(
      'keydown',
      (event) => {
        this.#onKeyDown(event)
      },
      { signal },
    )
    this.#host.addEventListener(
      'click',
      (event) => {
        this.#onClick(event)
      },
      { signal },
    )
    this.#host.addEventListener(
      'dblclick',
      (event) => {
        this.#onDoubleClick(event)
      },
      { signal },
    )
    const observer = new ResizeObserver(() => {
      this.#measure()
    })
    observer.observe(this.#host)
    this.#stops.push(
      () => {
        observer.disconnect()
      },
      () => {
        cancelAnimationFrame(this.#frame)
      },
      () => {
        clearTimeout(this.#settleTimer)
      },
      this.#options.selection.subscribe(() => {
        this.#schedule()
      }),
    )
  }

  #measure(): void {
    const { clientWidth, clientHeight } = this.#host
    if (clientWidth === 0) return
    const before = this.#geometry
    const line = Math.floor((this.#scroll.top - before.paddingTop) / before.lineHeight)
    const firstIndex = Math.max(0, line) * before.columns
    this.#geometry = this.#look.geometry(clientWidth)
    this.#viewHeight = clientHeight
    this.#resize()
    const isOther =
      before.columns !== this.#geometry.columns || before.lineHeight !== this.#geometry.lineHeight
    if (isOther && this.#scroll.top > 0) {
      this.#jumpTo(
        lineTop(this.#geometry, Math.floor(firstIndex / this.#geometry.columns)) -
          this.#geometry.gap,
      )
    }
  }

  #resize(): void {
    const total = this.#options.cache.total ?? 0
    this.#shownTotal = total
    this.#scroll.resize(contentHeight(this.#geometry, total), this.#viewHeight)
    this.#spacer.style.height = `${this.#scroll.elementHeight - this.#look.headerHeight}px`
    const headerLines = this.#look.header === undefined ? 0 : 1
    this.#host.setAttribute('aria-rowcount', String(lineCount(this.#geometry, total) + headerLines))
    if (this.#look.kind === 'tiles') {
      this.#host.setAttribute('aria-colcount', String(this.#geometry.columns))
    } else {
      this.#host.removeAttribute('aria-colcount')
    }
    this.#placeBar()
    this.#schedule()
  }

  #jumpTo(top: number): void {
    this.#scroll.jumpTo(top)
    this.#placeBar()
    this.#schedule()
  }

  #placeBar(): void {
    if (Math.abs(this.#host.scrollTop - this.#scroll.elementTop) > 0.5) {
      this.#host.scrollTop = this.#scroll.elementTop
    }
  }

  #onScroll(): void {
    const { scrollTop } = this.#host
    const before = this.#scroll.top
    // Our own `#placeBar` also raises this event; it then says nothing new.
    if (Math.abs(scrollTop - this.#scroll.elementTop) > 0.5) this.#scroll.scrolledTo(scrollTop)
    const move = this.#scroll.top - before
    if (move !== 0) this.#isGoingUp = move < 0
    const views = move / Math.max(1, this.#viewHeight)
    this.#isFast = this.#speed.moved(views, performance.now()) > FAST_VIEWS_PER_SECOND
    // Before anything is drawn, so that what is missing is on its way meanwhile.
    this.#moveWindow()
    this.#schedule()
    clearTimeout(this.#settleTimer)
    this.#settleTimer = setTimeout(() => {
      this.#settle()
    }, SETTLE_MS)
  }

  #settle(): void {
    this.#isFast = false
    if (this.#scroll.hasDrifted) this.#jumpTo(this.#scroll.top)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#draw()
    })
  }

  /** Moves the window of lines to the view, and asks for its rows. */
  #moveWindow(): void {
    const { cache } = this.#options
    const geometry = this.#geometry
    const view = {
      total: cache.total ?? UNKNOWN_TOTAL,
      top: this.#scroll.top,
      height: this.#viewHeight,
    }
    this.#window = moveWindow(this.#window, { geometry, view, isGoingUp: this.#isGoingUp })
    const { first, last } = this.#window
    cache.show(first * geometry.columns, Math.max(0, (last + 1) * geometry.columns - 1))
  }

  #draw(): void {
    this.#moveWindow()
    const { cache, selection, idOf } = this.#options
    const total = cache.total ?? 0
    const geometry = this.#geometry
    const { first, last } = this.#window
    const firstRow = this.#look.header === undefined ? 1 : 2
    this.#pool.draw({
      geometry,
      first,
      last: Math.min(last, lineCount(geometry, total) - 1),
      total,
      offset: this.#scroll.offset - this.#look.headerHeight,
      firstAriaRow: firstRow,
      itemState: (index) => {
        const row = cache.get(index)
        return {
          row,
          index,
          isActive: index === this.#active,
          isSelected: row !== undefined && selection.has(idOf(row)),
          isPictureWaiting: this.#isFast,
        }
      },
    })
    this.#nameActive(this.#pool.elementOf(this.#active)?.id ?? null)
  }

  #nameActive(id: string | null): void {
    if (this.#host.getAttribute('aria-activedescendant') === id) return
    if (id === null) this.#host.removeAttribute('aria-activedescendant')
    else this.#host.setAttribute('aria-activedescendant', id)
  }

  #setActive(index: number): void {
    this.#active = index
    this.#options.onActiveChange(index, this.#options.cache.get(index))
    this.#schedule()
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.target !== this.#host || event.ctrlKey || event.metaKey || event.altKey) return
    const total = this.#options.cache.total ?? 0
    if (event.key === ' ') {
      event.preventDefault()
      this.#select(this.#active, event.shiftKey ? 'range' : 'toggle')
      return
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      this.#open(this.#active)
      return
    }
    const target = movedIndex(event.key, {
      index: this.#active,
      total,
      columns: this.#geometry.columns,
      linesPerPage: Math.max(1, Math.floor(this.#viewHeight / this.#geometry.lineHeight)),
    })
    if (target === undefined) return
    event.preventDefault()
    this.reveal(target)
    if (event.shiftKey) this.#select(target, 'range')
    else this.#anchor = target
  }

  #onClick(event: MouseEvent): void {
    const index = this.#pool.indexAt(event.target)
    if (index === undefined) return
    const isTick = event.target instanceof Element && event.target.closest('[data-tick]') !== null
    this.#setActive(index)
    if (event.shiftKey) this.#select(index, 'range')
    else if (isTick || event.ctrlKey || event.metaKey) this.#select(index, 'toggle')
    else this.#select(index, 'only')
  }

  #onDoubleClick(event: MouseEvent): void {
    const index = this.#pool.indexAt(event.target)
    if (index !== undefined) this.#open(index)
  }

  #open(index: number): void {
    const row = this.#options.cache.get(index)
    if (row !== undefined) this.#options.onOpen(row, index)
  }

  #select(index: number, how: 'only' | 'toggle' | 'range'): void {
    this.#range.abort()
    if (how === 'range') {
      void this.#selectRange(index)
      return
    }
    this.#anchor = index
    const row = this.#options.cache.get(index)
    if (row === undefined) return
    const id = this.#options.idOf(row)
    if (how === 'toggle') this.#options.selection.toggle(id)
    else this.#options.selection.selectOnly([id])
  }

  async #selectRange(index: number): Promise<void> {
    const first = Math.min(this.#anchor, index)
    const last = Math.min(Math.max(this.#anchor, index), first + MAX_RANGE - 1)
    this.#range = new AbortController()
    const signal = AbortSignal.any([this.#closed.signal, this.#range.signal])
    try {
      const rows = await this.#options.cache.load(first, last, signal)
      if (!signal.aborted) this.#options.selection.selectOnly(rows.map(this.#options.idOf))
    } catch (error) {
      const isStale = error instanceof DOMException && error.name === 'AbortError'
      if (!signal.aborted && !isStale) this.#options.onError(error)
    }
  }
}
