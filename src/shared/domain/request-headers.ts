/** The project that the window shows: a write is refused when another one is open by now. */
export const PROJECT_HEADER = 'x-realign-project'

/** A name that a window makes up for itself, so that it is one presence over all its requests. */
export const WINDOW_HEADER = 'x-realign-window'

const MAX_UID_UNITS = 200

/** A project's uid as a header can carry it: one that came in a file may hold anything. */
export function projectHeader(uid: string): string {
  return encodeURIComponent(uid.slice(0, MAX_UID_UNITS).toWellFormed())
}
