import type { Fate, FateReason, UnitFate } from '../../../../../shared/domain/fate.ts'

/** Fates as they are shown: what the picture and the things around say makes some of them two. */
export type ShownFate =
  Fate | 'astray' | 'changed-unsupported' | 'dropped-visible' | 'dropped-not-visible'

export function shownFate({
  fate,
  seen,
  isAstray,
}: Pick<UnitFate, 'fate' | 'seen' | 'isAstray'>): ShownFate {
  if (isAstray === true) return 'astray'
  if (fate === 'changed' && seen === 'not-shown') return 'changed-unsupported'
  if (fate !== 'dropped' || seen === undefined) return fate
  return seen === 'shown' ? 'dropped-visible' : 'dropped-not-visible'
}

export const FATE_LABELS: Readonly<Record<ShownFate, string>> = {
  kept: 'kept',
  astray: 'given to another thing',
  generalised: 'made vaguer',
  specialised: 'made more exact',
  corrected: 'corrected',
  changed: 'changed',
  'changed-unsupported': 'changed without support',
  dropped: 'dropped',
  'dropped-visible': 'dropped, visible',
  'dropped-not-visible': 'dropped, not visible',
  'boilerplate-removed': 'boilerplate removed',
}

export const REASON_LABELS: Readonly<Record<FateReason, string>> = {
  wrong: 'Wrong',
  'not-visible': 'Not visible',
  private: 'Private',
  boilerplate: 'Boilerplate',
}
