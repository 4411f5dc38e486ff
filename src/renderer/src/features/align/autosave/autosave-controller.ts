import type { ImageId, RevisionId } from '../../../../../shared/domain/ids.ts'

/** One text to make durable. All three parts are captured together, when the text was typed. */
export interface DraftWrite {
  readonly imageId: ImageId
  readonly baseRevisionId: RevisionId | null
  readonly text: string
}

/** A text with the revision it was made from; null where there was none. */
export type HeldText = Omit<DraftWrite, 'imageId'>

/** Somebody else's revision that came between the base of a text and its saving. */
export interface Conflict {
  readonly headRevisionId: RevisionId | null
  readonly headText: string
  readonly authorName: string
}

export type SaveState =
  /** All that was typed is on disk; `savedAt` is null when nothing was typed yet. */
  | { readonly kind: 'saved'; readonly savedAt: number | null }
  /** Typed, and on its way to the disk. */
  | { readonly kind: 'saving' }
  /** The last attempt failed; the text is kept and tried again. */
  | { readonly kind: 'failing'; readonly error: unknown; readonly attempts: number }
  | { readonly kind: 'conflict'; readonly conflict: Conflict }

/** Calls back once after a delay; the answer stops it. */
export type StartTimer = (callback: () => void, delayMs: number) => () => void

export interface AutosaveOptions {
  readonly save: (
    write: DraftWrite,
    options: { readonly isLeaving: boolean },
  ) => Promise<{ readonly savedAt: number }>
  /** Reads the conflict out of an error, or gives null when the error is another one. */
  readonly readConflict: (error: unknown) => Conflict | null
  readonly onSaved?: (write: DraftWrite, savedAt: number) => void
  readonly startTimer?: StartTimer
  /** From the first key press that is not saved yet to its saving; also the most that a kill can lose. */
  readonly delayMs?: number
}

interface ExclusiveResult<T> {
  /** What the core holds after the change. */
  readonly held: HeldText
  /** What was typed, as far as it went to the core with the change or is given up by it. */
  readonly taken?: string | undefined
  readonly result: T
}

interface Lane {
  readonly imageId: ImageId
  baseRevisionId: RevisionId | null
  /** What the core holds; null when it was never told. */
  durableText: string | null
  /** What was typed and is not durable yet, or null. */
  pendingText: string | null
  stopTimer: (() => void) | null
  /** The work under way for this image; the next piece waits for it. */
  busy: Promise<unknown> | null
  state: SaveState
}

const DEFAULT_DELAY_MS = 250
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 10_000

const startSystemTimer: StartTimer = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs)
  return () => {
    clearTimeout(timer)
  }
}

/**
 * Makes typed text durable: one queue an image, so that writes never overtake each other, and every
 * write carries the image and base revision it was typed for, so that text cannot end up with another
 * image however fast the user moves on. A text that cannot be saved is kept and tried again.
 */
export class AutosaveController {
  readonly #options: AutosaveOptions
  readonly #startTimer: StartTimer
  readonly #delayMs: number
  readonly #lanes = new Map<ImageId, Lane>()
  readonly #listeners = new Set<() => void>()

  constructor(options: AutosaveOptions) {
    this.#options = options
    this.#startTimer = options.startTimer ?? startSystemTimer
    this.#delayMs = options.delayMs ?? DEFAULT_DELAY_MS
  }

  /**
   * Tells what the core holds for an image, and gives the text to show: what was typed here and is
   * not durable yet wins over what was read.
   */
  open(imageId: ImageId, held: HeldText): HeldText {
    const lane = this.#lanes.get(imageId)
    if (lane !== undefined && isUnsaved(lane)) {
      return {
        baseRevisionId: lane.baseRevisionId,
        text: lane.pendingText ?? lane.durableText ?? held.text,
      }
    }
    this.#reset(imageId, held)
    return held
  }

  /** Takes what was typed. Calling it with the text that is already durable takes the change back. */
  type(write: DraftWrite): void {
    const lane = this.#lanes.get(write.imageId) ?? this.#createLane(write.imageId)
    lane.baseRevisionId = write.baseRevisionId
    const isWritable = lane.state.kind === 'saved' || lane.state.kind === 'saving'
    if (isWritable && lane.busy === null && lane.durableText === write.text) {
      this.#reset(write.imageId, write)
      return
    }
    lane.pendingText = write.text
    if (lane.state.kind === 'saved') this.#setState(lane, { kind: 'saving' })
    if (lane.state.kind !== 'conflict' && lane.stopTimer === null)
      this.#schedule(lane, this.#delayMs)
  }

  /** Saves an image's text now. Resolves when nothing is left to save, or saving has failed. */
  async flush(imageId: ImageId): Promise<SaveState> {
    const lane = this.#lanes.get(imageId)
    if (lane === undefined) return { kind: 'saved', savedAt: null }
    do await this.#saveOnce(lane)
    while (
      // What was typed while the rest was being saved is left to save.
      lane.state.kind === 'saving' &&
      lane.pendingText !== null &&
      this.#isCurrent(lane)
    )
    return lane.state
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.#lanes.keys()].map((imageId) => this.flush(imageId)))
  }

  /**
   * Sends everything unsaved at once because the page goes away. It does not wait for writes under
   * way: the browser drops those with the page, and the core takes requests in the order they came.
   */
  sendBeforeLeaving(): void {
    for (const lane of this.#lanes.values()) {
      if (lane.pendingText === null || lane.state.kind === 'conflict') continue
      this.#options.save(toWrite(lane, lane.pendingText), { isLeaving: true }).catch(() => {
        // The page is gone, or the lane's own retry goes on if it is not.
      })
    }
  }

  /**
   * Runs a change of one image after the writes under way and before later ones. The task answers what the core holds
   * then. What was typed and is neither saved nor part of the change goes on from that; when the task fails, all that
   * was typed is kept and saved as before.
   */
  async runExclusive<T>(imageId: ImageId, task: () => Promise<ExclusiveResult<T>>): Promise<T> {
    const lane = this.#lanes.get(imageId)
    if (lane === undefined) {
      const { held, result } = await task()
      this.#reset(imageId, held)
      return result
    }
    while (lane.busy !== null) await lane.busy
    this.#stopTimer(lane)
    const work = task()
    this.#occupy(lane, work)
    try {
      const { held, result, taken } = await work
      if (!this.#isCurrent(lane)) return result
      const left = lane.pendingText === taken ? null : lane.pendingText
      this.#reset(imageId, held)
      if (left !== null) this.type({ imageId, ...held, text: left })
      return result
    } catch (error) {
      if (this.#isCurrent(lane)) this.#recover(lane, error)
      throw error
    }
  }

  /** Settles a conflict in favour of the text typed here: it is saved onto the other one. */
  async keepMine(imageId: ImageId): Promise<SaveState> {
    const lane = this.#lanes.get(imageId)
    if (lane?.state.kind !== 'conflict') return this.state(imageId)
    const { headRevisionId, headText } = lane.state.conflict
    lane.baseRevisionId = headRevisionId
    lane.pendingText ??= lane.durableText
    lane.durableText = headText
    this.#setState(lane, { kind: 'saving' })
    return this.flush(imageId)
  }

  /** Forgets what was typed for an image, e.g. because the user took the other text. */
  drop(imageId: ImageId, held: HeldText): void {
    this.#reset(imageId, held)
  }

  /** Puts a conflict up that showed without a write, e.g. a draft whose base is no longer the head. */
  reportConflict(write: DraftWrite, conflict: Conflict): void {
    const lane = this.#lanes.get(write.imageId) ?? this.#createLane(write.imageId)
    this.#stopTimer(lane)
    lane.baseRevisionId = write.baseRevisionId
    lane.pendingText = write.text
    this.#setState(lane, { kind: 'conflict', conflict })
  }

  state(imageId: ImageId): SaveState {
    return this.#lanes.get(imageId)?.state ?? NOTHING_TYPED
  }

  /** The base revision that a write of this image would carry now. */
  baseRevisionId(imageId: ImageId): RevisionId | null {
    return this.#lanes.get(imageId)?.baseRevisionId ?? null
  }

  /** Images whose text is not on disk, for the warning before the window closes. */
  unsavedImageIds(): ImageId[] {
    return [...this.#lanes.values()].filter(isUnsaved).map((lane) => lane.imageId)
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Forgets every text, because the images belong to a project that is no longer open. */
  forgetAll(): void {
    for (const lane of this.#lanes.values()) this.#stopTimer(lane)
    this.#lanes.clear()
    for (const listener of this.#listeners) listener()
  }

  /** Saves what is left and stops all timers. */
  async close(): Promise<void> {
    await this.flushAll()
    for (const lane of this.#lanes.values()) this.#stopTimer(lane)
    this.#listeners.clear()
  }

  #createLane(imageId: ImageId): Lane {
    const lane: Lane = {
      imageId,
      baseRevisionId: null,
      durableText: null,
      pendingText: null,
      stopTimer: null,
      busy: null,
      state: NOTHING_TYPED,
    }
    this.#lanes.set(imageId, lane)
    return lane
  }

  #reset(imageId: ImageId, held: HeldText): void {
    const lane = this.#lanes.get(imageId) ?? this.#createLane(imageId)
    this.#stopTimer(lane)
    lane.baseRevisionId = held.baseRevisionId
    lane.durableText = held.text
    lane.pendingText = null
    this.#setState(lane, NOTHING_TYPED)
  }

  #schedule(lane: Lane, delayMs: number): void {
    this.#stopTimer(lane)
    lane.stopTimer = this.#startTimer(() => {
      lane.stopTimer = null
      void this.#saveOnce(lane)
    }, delayMs)
  }

  #stopTimer(lane: Lane): void {
    lane.stopTimer?.()
    lane.stopTimer = null
  }

  async #saveOnce(lane: Lane): Promise<void> {
    while (lane.busy !== null) await lane.busy
    if (lane.pendingText !== null && lane.state.kind !== 'conflict') await this.#attempt(lane)
  }

  async #attempt(lane: Lane): Promise<void> {
    const text = lane.pendingText
    if (text === null) return
    this.#stopTimer(lane)
    const write = toWrite(lane, text)
    const work = this.#options.save(write, { isLeaving: false })
    this.#occupy(lane, work)
    try {
      const { savedAt } = await work
      if (this.#isCurrent(lane)) this.#finish(lane, write, savedAt)
    } catch (error) {
      if (this.#isCurrent(lane)) this.#recover(lane, error)
    }
  }

  /** False once everything was forgotten while a write was under way. */
  #isCurrent(lane: Lane): boolean {
    return this.#lanes.get(lane.imageId) === lane
  }

  #finish(lane: Lane, write: DraftWrite, savedAt: number): void {
    lane.durableText = write.text
    this.#options.onSaved?.(write, savedAt)
    // Null where the text was dropped meanwhile.
    if (lane.pendingText === write.text || lane.pendingText === null) {
      lane.pendingText = null
      this.#stopTimer(lane)
      this.#setState(lane, { kind: 'saved', savedAt })
    } else {
      this.#setState(lane, { kind: 'saving' })
      if (lane.stopTimer === null) this.#schedule(lane, this.#delayMs)
    }
  }

  #recover(lane: Lane, error: unknown): void {
    const conflict = this.#options.readConflict(error)
    if (conflict !== null) {
      this.#stopTimer(lane)
      this.#meetConflict(lane, conflict)
      return
    }
    if (lane.pendingText === null) return
    const attempts = lane.state.kind === 'failing' ? lane.state.attempts + 1 : 1
    this.#setState(lane, { kind: 'failing', error, attempts })
    this.#schedule(lane, Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS))
  }

  /** Takes a "conflict" with the very same text as saved: an answer got lost and the write came twice. */
  #meetConflict(lane: Lane, conflict: Conflict): void {
    if ((lane.pendingText ?? lane.durableText) === conflict.headText) {
      this.#reset(lane.imageId, {
        baseRevisionId: conflict.headRevisionId,
        text: conflict.headText,
      })
    } else this.#setState(lane, { kind: 'conflict', conflict })
  }

  #occupy(lane: Lane, work: Promise<unknown>): void {
    const busy = work
      .catch(() => {
        // The caller of the work handles its failure; this only marks its end.
      })
      .then(() => {
        if (lane.busy === busy) lane.busy = null
      })
    lane.busy = busy
  }

  #setState(lane: Lane, state: SaveState): void {
    if (lane.state === state) return
    lane.state = state
    for (const listener of this.#listeners) listener()
  }
}

const NOTHING_TYPED: SaveState = { kind: 'saved', savedAt: null }

function isUnsaved(lane: Lane): boolean {
  return lane.pendingText !== null || lane.state.kind === 'conflict'
}

function toWrite(lane: Lane, text: string): DraftWrite {
  return { imageId: lane.imageId, baseRevisionId: lane.baseRevisionId, text }
}
