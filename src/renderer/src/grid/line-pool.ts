import { lineTop, type GridGeometry } from './geometry.ts'

export interface ItemState<Row> {
  /** Undefined while the row is on its way. */
  readonly row: Row | undefined
  readonly index: number
  readonly isActive: boolean
  readonly isSelected: boolean
  /** The view moves too fast for pictures to be worth asking for. */
  readonly isPictureWaiting: boolean
}

/** One recycled element that shows one row at a time: a tile's cell, or a whole line of the table. */
export interface ItemView<Row> {
  readonly element: HTMLElement
  readonly update: (state: ItemState<Row>) => void
}

interface Item<Row> {
  readonly view: ItemView<Row>
  /** What is drawn now: the same again costs nothing. */
  drawn: ItemState<Row> | undefined
}

interface Line<Row> {
  readonly element: HTMLElement
  readonly items: readonly Item<Row>[]
  /** Where it stands now; writing the same again costs styles and layout for each line of each frame. */
  placed:
    { readonly index: number; readonly top: number; readonly geometry: GridGeometry } | undefined
}

interface DrawRequest<Row> {
  readonly geometry: GridGeometry
  readonly first: number
  readonly last: number
  readonly total: number
  /** What to add to a position in the content to get one in the element. */
  readonly offset: number
  readonly firstAriaRow: number
  readonly itemState: (index: number) => ItemState<Row>
}

interface LinePoolLook<Row> {
  readonly kind: 'tiles' | 'table'
  readonly createItem: () => ItemView<Row>
}

let lastPoolId = 0

/** The elements of the lines in view; lines that leave the view are used again for those that enter. */
export class LinePool<Row> {
  readonly #parent: HTMLElement
  readonly #look: LinePoolLook<Row>
  readonly #id: string
  readonly #lines = new Map<number, Line<Row>>()
  #free: Line<Row>[] = []
  #columns = 0

  constructor(parent: HTMLElement, look: LinePoolLook<Row>) {
    lastPoolId += 1
    this.#id = `grid-${lastPoolId}`
    this.#parent = parent
    this.#look = look
  }

  draw(request: DrawRequest<Row>): void {
    const { geometry, first, last } = request
    if (this.#columns !== geometry.columns) {
      this.#dropAll()
      this.#columns = geometry.columns
    }
    for (const [index, line] of this.#lines) {
      if (index >= first && index <= last) continue
      this.#lines.delete(index)
      this.#free.push(line)
    }
    for (let index = first; index <= last; index += 1) this.#drawLine(index, request)
    for (const line of this.#free) line.element.remove()
    // A few spare lines save making them again on the next scroll; the rest may go.
    this.#free = this.#free.slice(0, 6)
  }

  /** Takes nothing for drawn any more, because rows also show what is not part of them. */
  forgetDrawn(): void {
    for (const line of [...this.#lines.values(), ...this.#free]) {
      for (const item of line.items) item.drawn = undefined
    }
  }

  /** The element of a row, if it is in view. */
  elementOf(index: number): HTMLElement | undefined {
    if (this.#columns === 0) return undefined
    const line = this.#lines.get(Math.floor(index / this.#columns))
    return line?.items[index % this.#columns]?.view.element
  }

  /** The row that an event's target lies in. */
  indexAt(target: EventTarget | null): number | undefined {
    if (!(target instanceof Element)) return undefined
    const cell = target.closest<HTMLElement>('[data-index]')
    const index = Number(cell?.dataset['index'] ?? Number.NaN)
    return Number.isNaN(index) ? undefined : index
  }

  close(): void {
    this.#dropAll()
  }

  #dropAll(): void {
    for (const line of this.#lines.values()) line.element.remove()
    this.#lines.clear()
    this.#free = []
  }

  #drawLine(index: number, request: DrawRequest<Row>): void {
    const { geometry, offset, firstAriaRow, total } = request
    let line = this.#lines.get(index)
    if (line === undefined) {
      line = this.#free.pop() ?? this.#createLine()
      this.#lines.set(index, line)
    }
    const { element, items } = line
    if (element.parentElement !== this.#parent) this.#parent.append(element)
    const top = lineTop(geometry, index) + offset
    const { placed } = line
    if (placed?.index !== index || placed.top !== top || placed.geometry !== geometry) {
      line.placed = { index, top, geometry }
      element.style.transform = `translateY(${top}px)`
      element.style.height = `${geometry.lineHeight - geometry.gap}px`
      element.style.paddingInline = `${geometry.paddingInline}px`
      element.setAttribute('aria-rowindex', String(index + firstAriaRow))
    }
    for (const [column, item] of items.entries()) {
      this.#drawItem(item, { position: index * geometry.columns + column, total, request })
    }
  }

  #drawItem(
    item: Item<Row>,
    { position, total, request }: { position: number; total: number; request: DrawRequest<Row> },
  ): void {
    const { element } = item.view
    const isThere = position < total
    if (element.hidden === isThere) element.hidden = !isThere
    if (!isThere) {
      item.drawn = undefined
      return
    }
    const state = request.itemState(position)
    if (item.drawn !== undefined && isSameState(item.drawn, state)) return
    item.drawn = state
    element.id = `${this.#id}-${position}`
    element.dataset['index'] = String(position)
    element.setAttribute('aria-selected', String(state.isSelected))
    element.classList.toggle('is-active', state.isActive)
    element.classList.toggle('is-selected', state.isSelected)
    item.view.update(state)
  }

  #createLine(): Line<Row> {
    if (this.#look.kind === 'table') {
      const item = this.#look.createItem()
      item.element.classList.add('grid-line')
      item.element.role = 'row'
      return {
        element: item.element,
        items: [{ view: item, drawn: undefined }],
        placed: undefined,
      }
    }
    const element = document.createElement('div')
    element.className = 'grid-line grid-line-tiles'
    element.role = 'row'
    element.style.gridTemplateColumns = `repeat(${this.#columns}, minmax(0, 1fr))`
    const items = Array.from({ length: this.#columns }, (_, column) => {
      const item = this.#look.createItem()
      item.element.role = 'gridcell'
      item.element.setAttribute('aria-colindex', String(column + 1))
      return { view: item, drawn: undefined }
    })
    element.append(...items.map((item) => item.view.element))
    return { element, items, placed: undefined }
  }
}

function isSameState<Row>(a: ItemState<Row>, b: ItemState<Row>): boolean {
  return (
    a.row === b.row &&
    a.index === b.index &&
    a.isActive === b.isActive &&
    a.isSelected === b.isSelected &&
    a.isPictureWaiting === b.isPictureWaiting
  )
}
