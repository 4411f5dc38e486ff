import {
  PROJECT_HEADER,
  projectHeader,
  WINDOW_HEADER,
} from '../../../shared/domain/request-headers.ts'

/** Not crypto.randomUUID, which a page that came over plain HTTP from another machine does not have. */
const WINDOW_ID = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
  byte.toString(16).padStart(2, '0'),
).join('')

let shownProject: string | null = null

/** The project whose images and texts this window shows; null before the first answer. */
export function shownProjectUid(): string | null {
  return shownProject
}

/** From now on writes are for this project. Everything of the one before must be forgotten first. */
export function showProject(uid: string | null): void {
  shownProject = uid
}

/** What every request says: which window asks, and for which project, so that no write lands in another one. */
export function requestHeaders(): Record<string, string> {
  const window = { [WINDOW_HEADER]: WINDOW_ID }
  if (shownProject === null) return window
  return { ...window, [PROJECT_HEADER]: projectHeader(shownProject) }
}
