import type { NumberField } from '../../../shared/domain/query/fields.ts'
import { STORED_STEPS, type QualityMeasure } from '../../../shared/domain/image-quality.ts'
import { CHECKED_NOW } from './checks.ts'

/** Where the numbers of a field stand, and how queries compare them. */
export interface NumberSource {
  /** The number; null where it is not known. */
  readonly column: string
  /** Of the image, in the same row. */
  readonly id: string
  /** `FROM` to the end of `WHERE`, so that more conditions may follow. */
  readonly rows: string
  /** Holds where the number is known, of a column of state that has another number for that. */
  readonly known?: string
  /** The store keeps whole parts of one in so many. */
  readonly steps: number
  /** How a query finds the row: it is its own one of image_state, one lookup away, or among rows that are searched. */
  readonly found: 'own' | 'by-id' | 'searched'
  /** Measures of pictures have a change counter of their own. */
  readonly follows: 'changes' | 'measures'
  /** False for fractions, which do not survive a list of numbers as text. */
  readonly isWhole: boolean
}

const COMMON = { steps: 1, found: 'searched', follows: 'changes', isWhole: true } as const

function state(column: string, known?: string): NumberSource {
  const rows = `FROM image_state s WHERE ${known ?? 'TRUE'}`
  const source = { ...COMMON, column: `s.${column}`, id: 's.image_id', rows, found: 'own' } as const
  return known === undefined ? source : { ...source, known }
}

function image(column: string): NumberSource {
  return { ...COMMON, column, id: 'i.id', rows: 'FROM image i WHERE TRUE', found: 'by-id' }
}

function measure(name: QualityMeasure): NumberSource {
  return {
    ...COMMON,
    column: `q.${name}`,
    id: 'q.image_id',
    rows: 'FROM image_quality q WHERE TRUE',
    steps: STORED_STEPS[name],
    follows: 'measures',
  }
}

function check(column: string): NumberSource {
  return { ...COMMON, column, id: 'c.image_id', rows: CHECKED_NOW, isWhole: false }
}

export const NUMBER_SOURCES: Readonly<Record<NumberField, NumberSource>> = {
  round: state('round'),
  work: state('work_round'),
  pixels: state('pixels', 's.pixels > 0'),
  length: state('text_length', 's.head_revision_id IS NOT NULL'),
  alts: state('alt_count'),
  revisions: state('revision_count'),
  width: image('i.width'),
  height: image('i.height'),
  side: image('min(i.width, i.height)'),
  size: image('i.size_bytes'),
  aspect: { ...image('CAST(i.width AS REAL) / nullif(i.height, 0)'), isWhole: false },
  elongation: {
    ...image('CAST(max(i.width, i.height) AS REAL) / nullif(min(i.width, i.height), 0)'),
    isWhole: false,
  },
  altlength: {
    ...COMMON,
    column: 'a.characters',
    id: 'a.image_id',
    rows: `FROM (SELECT image_id, max(length(text)) AS characters FROM alt_text GROUP BY image_id) a WHERE TRUE`,
  },
  unsupported: { ...check('c.unsupported'), isWhole: true },
  coverage: check('c.coverage * 100'),
  score: check('c.score'),
  edit: {
    ...COMMON,
    column: 'r.edit_share * 100',
    id: 'e.image_id',
    rows: 'FROM image_state e JOIN revision r ON r.id = e.head_revision_id WHERE TRUE',
    isWhole: false,
  },
  brightness: measure('brightness'),
  contrast: measure('contrast'),
  black: measure('black'),
  white: measure('white'),
  sharpness: measure('sharpness'),
  entropy: measure('entropy'),
  colour: measure('colour'),
  plain: measure('plain'),
  frames: measure('frames'),
}
