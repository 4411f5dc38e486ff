/** Over which time moves are added up: one frame that comes late, or two that come together, must not count as a change. */
const WINDOW_MS = 250

/** How fast something moves, of its moves of the last quarter of a second. */
export class ScrollSpeed {
  #moves: readonly { readonly atMs: number; readonly distance: number }[] = []

  /** Takes a move; answers the distance a second, in the unit of the moves and whatever their direction. */
  moved(distance: number, atMs: number): number {
    const recent = this.#moves.filter((move) => move.atMs > atMs - WINDOW_MS)
    this.#moves = [...recent, { atMs, distance: Math.abs(distance) }]
    const sum = this.#moves.reduce((total, move) => total + move.distance, 0)
    return sum / (WINDOW_MS / 1000)
  }
}
