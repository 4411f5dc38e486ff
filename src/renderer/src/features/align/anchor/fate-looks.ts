import type { Fate, FateReason } from '../../../../../shared/domain/fate.ts'

export const FATE_LABELS: Readonly<Record<Fate, string>> = {
  kept: 'kept',
  generalised: 'made vaguer',
  specialised: 'made more exact',
  corrected: 'corrected',
  changed: 'changed',
  dropped: 'dropped',
  'boilerplate-removed': 'boilerplate removed',
}

export const REASON_LABELS: Readonly<Record<FateReason, string>> = {
  wrong: 'Wrong',
  'not-visible': 'Not visible',
  private: 'Private',
  boilerplate: 'Boilerplate',
}
