import type { DualEncoderPack } from '../../shared/domain/pack.ts'
import type { DetailTable } from './details-table.ts'

/**
 * How details are found with a pack; null for packs that nobody measured. What is asked of each picture comes with the
 * pack; one that names nothing finds by alt-texts, neighbours, detectors and readings alone.
 */
export function findDetailTable({
  id,
  revision,
  vocabulary = [],
}: Pick<DualEncoderPack, 'id' | 'revision' | 'vocabulary'>): DetailTable | null {
  const table = DETAIL_TABLES.find(({ pack }) => pack.id === id && pack.revision === revision)
  return table === undefined ? null : { ...table, vocabulary }
}

/** `npm run eval -- details-fit` writes all below: weights of scenes, limits by weights that had not seen the scene. */
export const DETAIL_TABLES: readonly Omit<DetailTable, 'vocabulary'>[] = [
  {
    pack: { id: 'starter', revision: '2' },
    sharpness: 14.31439,
    sources: {
      vocabulary: {
        intercept: -16.285,
        weights: { soft: 10.5468, cosine: 14.233, share: 0 },
        limit: 0.5044,
        count: 13611,
      },
      'alt-text': {
        intercept: -6.5648,
        weights: { soft: 9.6993, cosine: 0, share: 1.5444 },
        limit: 0.6889,
        count: 801,
      },
      neighbours: {
        intercept: -13.63,
        weights: { soft: 14.0894, cosine: 0, share: 11.1877 },
        limit: 0.5006,
        count: 23869,
      },
      colour: { intercept: 0, weights: {}, limit: null, count: 0 },
      count: { intercept: 0, weights: {}, limit: null, count: 0 },
      region: { intercept: 0, weights: {}, limit: null, count: 0 },
    },
  },
]
