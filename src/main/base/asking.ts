/**
 * Who asks. The owner is who started this Realign and may do everything; guests came in by a link of their own on
 * the browser host.
 */
export type Asker =
  | { readonly kind: 'owner' }
  | { readonly kind: 'guest'; readonly id: string; readonly name: string }

export const OWNER: Asker = { kind: 'owner' }

/** What every request says about itself besides its input. Handed on explicitly, from the guard to the services. */
export interface Asking {
  readonly asker: Asker
  /** The window that asks, as it named itself; null for programs. */
  readonly windowId: string | null
  /**
   * The project that the window shows, as `projectHeader` writes it; null when it does not say. Writes to another one
   * are refused.
   */
  readonly shownProject: string | null
}

/** For what Realign does of its own accord. */
export const BY_ITSELF: Asking = { asker: OWNER, windowId: null, shownProject: null }
