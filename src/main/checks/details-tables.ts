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
    pack: { id: 'starter', revision: '3' },
    sharpness: 20.79949,
    sources: {
      vocabulary: {
        intercept: -10.296,
        weights: { soft: 15.7753, cosine: 5.1506, share: 0 },
        limit: 0.501,
        count: 13611,
      },
      'alt-text': {
        intercept: -6.2409,
        weights: { soft: 13.0537, cosine: 0, share: 1.3103 },
        limit: 0.5004,
        count: 802,
      },
      neighbours: {
        intercept: -12.1322,
        weights: { soft: 17.9892, cosine: 0, share: 10.5547 },
        limit: 0.5013,
        count: 23962,
      },
      colour: {
        intercept: -6.5189,
        weights: { agreement: 1.3477, lift: 2.2836, encoder: 5.3908, thing: 0.6224 },
        limit: null,
        count: 8602,
      },
      count: {
        intercept: -4.4773,
        weights: { whole: 0, places: 2.285, summits: 4.1812, thing: 0 },
        limit: null,
        count: 840,
      },
      region: {
        intercept: -7.6242,
        weights: { salience: 23.8234, openness: 4.6355, area: 19.1921 },
        limit: 0.5058,
        count: 1082,
      },
    },
  },
]
