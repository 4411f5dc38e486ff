/** Browsers clamp elements near 17 to 33 million pixels; well below that, everything stays exact. */
const MAX_ELEMENT_HEIGHT = 8_000_000

/**
 * Maps the scroll bar of an element of limited height onto content of any height. Small moves are
 * one to one, so that a wheel turn or an arrow moves a million rows as far as ten; large jumps, as
 * by dragging the bar, are proportional. `offset` is what to add to a position in the content to
 * get a position in the element; it is constant during small moves, so nothing has to be moved.
 */
export class ScrollMap {
  #contentHeight = 0
  #viewHeight = 0
  #top = 0
  #elementTop = 0

  /** Position in the content at the top of the view. */
  get top(): number {
    return this.#top
  }

  get elementTop(): number {
    return this.#elementTop
  }

  get elementHeight(): number {
    return Math.min(this.#contentHeight, MAX_ELEMENT_HEIGHT)
  }

  get offset(): number {
    return this.#elementTop - this.#top
  }

  /** Takes new sizes and keeps the place as far as there is content. */
  resize(contentHeight: number, viewHeight: number): void {
    this.#contentHeight = contentHeight
    this.#viewHeight = viewHeight
    this.jumpTo(this.#top)
  }

  /** Goes to a position in the content; `elementTop` then says where the scroll bar belongs. */
  jumpTo(top: number): void {
    this.#top = Math.max(0, Math.min(top, this.#maxTop))
    this.#elementTop = this.#proportional(this.#top)
  }

  /** Takes a move of the scroll bar by the user. */
  scrolledTo(elementTop: number): void {
    const move = elementTop - this.#elementTop
    const isJump = Math.abs(move) > this.#viewHeight * 2
    const isAtEnd = elementTop <= 0 || elementTop >= this.#maxElementTop
    this.#elementTop = elementTop
    if (!this.#isScaled) {
      this.#top = elementTop
    } else if (isJump || isAtEnd) {
      this.#top = (elementTop / Math.max(1, this.#maxElementTop)) * this.#maxTop
    } else {
      this.#top = Math.max(0, Math.min(this.#top + move, this.#maxTop))
    }
  }

  /** Whether small moves have let the bar drift from the content so far that it should be set right. */
  get hasDrifted(): boolean {
    return this.#isScaled && Math.abs(this.#proportional(this.#top) - this.#elementTop) > 1
  }

  get #isScaled(): boolean {
    return this.#contentHeight > MAX_ELEMENT_HEIGHT
  }

  get #maxTop(): number {
    return Math.max(0, this.#contentHeight - this.#viewHeight)
  }

  get #maxElementTop(): number {
    return Math.max(0, this.elementHeight - this.#viewHeight)
  }

  #proportional(top: number): number {
    if (!this.#isScaled) return top
    return Math.round((top / Math.max(1, this.#maxTop)) * this.#maxElementTop)
  }
}
