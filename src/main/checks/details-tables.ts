import type { PackRef } from '../../shared/domain/pack.ts'
import type { DetailTable } from './details-table.ts'

/** How details are found with a pack; null for packs that nobody measured. */
export function findDetailTable({ id, revision }: PackRef): DetailTable | null {
  return TABLES.find(({ pack }) => pack.id === id && pack.revision === revision) ?? null
}

/** What the scenery of the sample world is called: the noun, what the encoder is asked, and how a text says it. */
const SCENERY: readonly (readonly [noun: string, asked: string, phrase: string])[] = [
  ['sky', 'sky', 'the sky'],
  ['hill', 'hills', 'hills'],
  ['grass', 'grass', 'grass'],
  ['meadow', 'meadow', 'a meadow'],
  ['bush', 'bushes', 'bushes'],
  ['path', 'path', 'a path'],
  ['leaf', 'fallen leaves', 'fallen leaves'],
  ['park', 'park', 'a park'],
  ['sand', 'sand', 'sand'],
  ['dune', 'dunes', 'dunes'],
  ['desert', 'desert', 'a desert'],
  ['snow', 'snow', 'snow'],
  ['night sky', 'night sky', 'a night sky'],
  ['star', 'stars', 'stars'],
  ['sea', 'sea', 'the sea'],
  ['beach', 'beach', 'a beach'],
  ['building', 'buildings', 'buildings'],
  ['window', 'windows', 'windows'],
  ['pavement', 'pavement', 'a pavement'],
  ['road', 'road', 'a road'],
  ['wall', 'wall', 'a wall'],
  ['floor', 'wooden floor', 'a wooden floor'],
  ['skirting board', 'skirting board', 'a skirting board'],
  ['rug', 'rug', 'a rug'],
  ['table', 'table', 'a table'],
  ['tablecloth', 'checked tablecloth', 'a checked tablecloth'],
  ['bubble', 'bubbles', 'bubbles'],
  ['sea floor', 'sandy sea floor', 'a sandy sea floor'],
  ['plain background', 'plain background', 'a plain background'],
]

/** `npm run eval -- details-fit` prints the sources: weights of 500 scenes, limits by weights that had not seen the scene. */
const TABLES: readonly DetailTable[] = [
  {
    pack: { id: 'starter', revision: '2' },
    sharpness: 14.31439,
    vocabulary: SCENERY.map(([noun, asked, phrase]) => ({ noun, asked, phrase })),
    sources: {
      vocabulary: {
        ...{ intercept: -16.285, soft: 10.5468, cosine: 14.233, share: 0 },
        ...{ limit: 0.5044, count: 13_611 },
      },
      'alt-text': {
        ...{ intercept: -6.5648, soft: 9.6993, cosine: 0, share: 1.5444 },
        ...{ limit: 0.6889, count: 801 },
      },
      neighbours: {
        ...{ intercept: -13.63, soft: 14.0894, cosine: 0, share: 11.1877 },
        ...{ limit: 0.5006, count: 23_869 },
      },
    },
  },
]
