import { AppError } from '../../../shared/errors.ts'
import type { Asker } from '../../base/asking.ts'

/**
 * What an invited person may call: whole areas, or some procedures of an area. What is not here belongs to the
 * owner, so that a new area is closed to others until somebody decides; a test asks for that decision.
 */
const GUEST_RIGHTS: Readonly<Record<string, 'all' | readonly string[]>> = {
  align: 'all',
  library: 'all',
  views: 'all',
  text: 'all',
  review: 'all',
  proposals: 'all',
  judgements: 'all',
  checks: ['status', 'run', 'specificity', 'report', 'round'],
  textEdits: 'all',
  events: 'all',
  // Theirs: the answers are about the asking person.
  settings: 'all',
  people: ['list', 'look'],
  rounds: ['list', 'guideline', 'guidelineVersions'],
  projects: ['current', 'stats'],
  jobs: ['list', 'get', 'errors', 'lanes'],
  host: ['capabilities'],
  imports: ['formats'],
  exports: ['formats', 'preview', 'check', 'counts', 'concepts'],
  recipes: ['list', 'versions', 'diff'],
  findings: ['get', 'words'],
  duplicates: ['status', 'page', 'mergeTexts'],
  quality: ['status', 'histogram', 'examples'],
  insights: 'all',
  models: ['list', 'status', 'embedStatus', 'search'],
}

/** Throws OWNER_ONLY when the person may not call the procedure. */
export function checkRight(asker: Asker, path: readonly string[]): void {
  if (asker.kind === 'owner' || isForGuests(path)) return
  throw new AppError(
    'OWNER_ONLY',
    `You came in by an invitation, with which you can work on images and texts. “${path.join('.')}” is left to the owner of this Realign: ask them to do it.`,
  )
}

export function isForGuests([area, name]: readonly string[]): boolean {
  if (area === undefined || name === undefined || !Object.hasOwn(GUEST_RIGHTS, area)) return false
  const rights = GUEST_RIGHTS[area]
  return rights === 'all' || (rights?.includes(name) ?? false)
}

/** True when somebody decided what guests may do in the area, be it nothing. */
export function isDecided(area: string): boolean {
  return Object.hasOwn(GUEST_RIGHTS, area)
}
