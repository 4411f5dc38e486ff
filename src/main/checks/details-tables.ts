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
        intercept: -10.0347,
        weights: { soft: 15.102, cosine: 5.5842, share: 0 },
        limit: 0.5012,
        count: 27250,
      },
      'alt-text': {
        intercept: -5.8718,
        weights: { soft: 12.443, cosine: 0, share: 1.0005 },
        limit: 0.5003,
        count: 1583,
      },
      neighbours: {
        intercept: -11.4794,
        weights: { soft: 16.452, cosine: 0, share: 10.6305 },
        limit: 0.5002,
        count: 44023,
      },
      colour: {
        intercept: -6.5709,
        weights: { agreement: 1.1606, lift: 2.4924, encoder: 5.3707, thing: 0.8645 },
        limit: 0.8489,
        count: 17732,
      },
      count: {
        intercept: -4.8453,
        weights: { whole: 0, places: 2.4313, summits: 4.5298, thing: 0 },
        limit: null,
        count: 1648,
      },
      region: {
        intercept: -6.5858,
        weights: { salience: 21.5468, openness: 2.6473, area: 17.2615 },
        limit: 0.6987,
        count: 693,
      },
    },
  },
]
