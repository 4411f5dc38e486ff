import { ALT_ORIGINS } from '../alt-origin.ts'
import { STATUSES } from '../status.ts'

/**
 * How a field's values are read. `choice`: one of the listed values; `number`, `bytes`, `percent`, `ratio`, `date`: compared and
 * ranged, all but shares and dates also by their place among all images (`width<20%`); `place`: by that alone; `text`: words and phrases; `label`: a whole name, or its start with `*`; `pattern`: a part, or a whole with
 * `*` and `?`; `code`: the start of an identifier in hexadecimal digits; `meaning`: words for a model; `tally`: a name and how often.
 */
export type FieldKind =
  | 'choice'
  | 'number'
  | 'bytes'
  | 'percent'
  | 'place'
  | 'ratio'
  | 'date'
  | 'text'
  | 'label'
  | 'pattern'
  | 'code'
  | 'meaning'
  | 'tally'

export interface FieldValue {
  readonly value: string
  readonly detail: string
}

interface FieldSpec {
  readonly kind: FieldKind
  readonly description: string
  readonly example: string
  /** All values of a `choice`; for the other kinds what completion suggests. */
  readonly values: readonly FieldValue[]
}

function plain(values: readonly string[]): readonly FieldValue[] {
  return values.map((value) => ({ value, detail: '' }))
}

const DATES: readonly FieldValue[] = [
  { value: '<1d', detail: 'in the last day' },
  { value: '<7d', detail: 'in the last week' },
  { value: '>30d', detail: 'more than 30 days ago' },
]

const FIELDS = {
  status: {
    kind: 'choice',
    description: 'Where the image stands in the work',
    example: 'status:todo,draft',
    values: plain(STATUSES),
  },
  round: {
    kind: 'number',
    description: 'Round of the accepted text; 0 is the anchor',
    example: 'round:<2',
    values: [
      { value: '0', detail: 'not yet re-aligned' },
      { value: '>=1', detail: 'at least one round' },
    ],
  },
  work: {
    kind: 'number',
    description: 'Round that the image is worked on in, or was last',
    example: 'work:2',
    values: [{ value: '1', detail: 'the first round' }],
  },
  for: {
    kind: 'label',
    description: 'Work that waits for somebody: to do, their drafts, and what came back to them',
    example: 'for:me',
    values: [{ value: 'me', detail: 'for you' }],
  },
  tag: {
    kind: 'label',
    description: 'Tag, whole or its start with *',
    example: 'tag:night',
    values: [],
  },
  alt: {
    kind: 'text',
    description: 'Words of an alt-text; alt~"…" finds any part',
    example: 'alt~"red bus"',
    values: [],
  },
  caption: {
    kind: 'text',
    description: 'Words of the caption; caption~"…" finds any part',
    example: 'caption:"two dogs"',
    values: [],
  },
  text: {
    kind: 'text',
    description: 'Words of an alt-text or the caption',
    example: 'text:bicycle*',
    values: [],
  },
  sim: {
    kind: 'meaning',
    description: 'What the picture shows, best first; needs a model',
    example: 'sim:"a dog in snow"',
    values: [],
  },
  like: {
    kind: 'code',
    description: 'Pictures that look like one, best first: its content hash, or the start',
    example: 'like:3fa4',
    values: [],
  },
  det: {
    kind: 'tally',
    description: 'Things that a detector found, and how many; names with spaces in quotes',
    example: 'det:dog>=2',
    values: [],
  },
  ocr: {
    kind: 'text',
    description: 'Words that are written in the picture; ocr~"…" finds any part',
    example: 'ocr:"sale"',
    values: [],
  },
  unsupported: {
    kind: 'number',
    description: 'Units of the text that the last check found no support for',
    example: 'unsupported>0',
    values: [{ value: '>0', detail: 'something may be wrong' }],
  },
  coverage: {
    kind: 'percent',
    description: 'Units that the last check was sure of, as a share of all',
    example: 'coverage<50%',
    values: [{ value: '<50%', detail: 'less than half' }],
  },
  score: {
    kind: 'place',
    description:
      'Fit of text and picture at the last check, by its place among all that were checked',
    example: 'score<20%',
    values: [{ value: '<20%', detail: 'the fifth that fits least' }],
  },
  dup: {
    kind: 'choice',
    description: 'Images that there are several of',
    example: 'dup:near',
    values: [
      { value: 'near', detail: 'looked like another one at the last look for duplicates' },
      { value: 'exact', detail: 'the same file lies at several places' },
      { value: 'group', detail: 'either of the two' },
    ],
  },
  has: {
    kind: 'choice',
    description: 'Images that have something',
    example: 'has:caption',
    values: [
      { value: 'alt', detail: 'an alt-text' },
      { value: 'caption', detail: 'a caption' },
      { value: 'draft', detail: 'text that is not submitted yet' },
      { value: 'tag', detail: 'a tag' },
      { value: 'revision', detail: 'a submitted revision' },
    ],
  },
  is: {
    kind: 'choice',
    description: 'What is the matter with the file or the picture',
    example: 'is:missing',
    values: [
      { value: 'missing', detail: 'the file is gone' },
      { value: 'broken', detail: 'the file cannot be read' },
      { value: 'animated', detail: 'the file holds several frames' },
      { value: 'dark', detail: 'darker than the limit of this project' },
      { value: 'bright', detail: 'brighter than the limit of this project' },
      { value: 'blurry', detail: 'less sharp than the limit of this project' },
      { value: 'grey', detail: 'hardly any colour' },
      { value: 'low-information', detail: 'few different levels of brightness' },
      { value: 'blank', detail: 'almost one colour' },
      { value: 'small', detail: 'the shorter side is below the limit of this project' },
      { value: 'odd-aspect', detail: 'much longer than wide, or wider than long' },
    ],
  },
  width: {
    kind: 'number',
    description: 'Width in pixels',
    example: 'width>=1000',
    values: [{ value: '>=1024', detail: '1024 pixels or more' }],
  },
  height: {
    kind: 'number',
    description: 'Height in pixels',
    example: 'height:500..1000',
    values: [{ value: '>=1024', detail: '1024 pixels or more' }],
  },
  pixels: {
    kind: 'number',
    description: 'Width times height; k and M may follow',
    example: 'pixels>1M',
    values: [{ value: '>1M', detail: 'more than a million' }],
  },
  aspect: {
    kind: 'ratio',
    description: 'Width divided by height, within 1 %',
    example: 'aspect:16/9',
    values: [
      { value: '>1', detail: 'landscape' },
      { value: '<1', detail: 'portrait' },
      { value: '1', detail: 'square' },
    ],
  },
  side: {
    kind: 'number',
    description: 'Shorter side in pixels',
    example: 'side<256',
    values: [{ value: '<256', detail: 'less than 256 pixels' }],
  },
  elongation: {
    kind: 'number',
    description: 'How many times longer the longer side is than the shorter one',
    example: 'elongation>=3',
    values: [{ value: '>=3', detail: 'a strip' }],
  },
  brightness: {
    kind: 'number',
    description: 'Mean brightness of the picture, 0 to 100',
    example: 'brightness<12',
    values: [
      { value: '<10%', detail: 'the darkest tenth' },
      { value: '>90%', detail: 'the brightest tenth' },
    ],
  },
  contrast: {
    kind: 'number',
    description: 'Spread of brightness in the picture, 0 to 50',
    example: 'contrast<5',
    values: [{ value: '<10%', detail: 'the tenth with the least contrast' }],
  },
  black: {
    kind: 'percent',
    description: 'Share of the picture that is nearly black',
    example: 'black>50%',
    values: [{ value: '>50%', detail: 'more than half of it' }],
  },
  white: {
    kind: 'percent',
    description: 'Share of the picture that is nearly white',
    example: 'white>50%',
    values: [{ value: '>50%', detail: 'more than half of it' }],
  },
  sharpness: {
    kind: 'number',
    description: 'How sharp the picture is; sharp photos have 300 to 5000',
    example: 'sharpness<100',
    values: [
      { value: '<100', detail: 'blurred' },
      { value: '<10%', detail: 'the tenth that is least sharp' },
    ],
  },
  entropy: {
    kind: 'number',
    description: 'How much the brightness of pixels tells, 0 to 8 bits',
    example: 'entropy<4',
    values: [{ value: '<4', detail: 'drawings, logos, empty pictures' }],
  },
  colour: {
    kind: 'number',
    description: 'How colourful the picture is; 0 is grey, above 80 very colourful',
    example: 'colour<5',
    values: [
      { value: '<3', detail: 'grey' },
      { value: '>90%', detail: 'the most colourful tenth' },
    ],
  },
  plain: {
    kind: 'percent',
    description: 'Share of the picture that has nearly one colour',
    example: 'plain>90%',
    values: [{ value: '>90%', detail: 'hardly anything else' }],
  },
  frames: {
    kind: 'number',
    description: 'Frames of an animation; 1 for a still picture',
    example: 'frames>1',
    values: [{ value: '>1', detail: 'animated' }],
  },
  size: {
    kind: 'bytes',
    description: 'File size in bytes; k, M, G (1000) or Ki, Mi, Gi (1024) may follow',
    example: 'size:100k..2M',
    values: [{ value: '>1M', detail: 'more than a megabyte' }],
  },
  format: {
    kind: 'label',
    description: 'Format of the image file',
    example: 'format:png,webp',
    values: plain(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff', 'bmp', 'svg']),
  },
  name: {
    kind: 'pattern',
    description: 'File name: a part of it, or all of it with * and ?',
    example: 'name:*.png',
    values: [],
  },
  id: { kind: 'code', description: 'Stable id, or its start', example: 'id:0198c1', values: [] },
  hash: {
    kind: 'code',
    description: 'Content hash, or its start',
    example: 'hash:3fa4',
    values: [],
  },
  phash: {
    kind: 'code',
    description: 'Perceptual hash, or its start',
    example: 'phash:e0f8',
    values: [],
  },
  source: {
    kind: 'pattern',
    description: 'Where it was imported from: a part of the path',
    example: 'source:photos',
    values: [],
  },
  origin: {
    kind: 'choice',
    description: 'Where an alt-text came from',
    example: 'origin:title',
    values: plain(ALT_ORIGINS),
  },
  author: {
    kind: 'label',
    description: 'Who wrote the caption: human, model, import, me, or a name',
    example: 'author:model',
    values: [
      { value: 'human', detail: 'written by a person' },
      { value: 'model', detail: 'written by a model' },
      { value: 'import', detail: 'came with an import' },
      { value: 'me', detail: 'written by you' },
    ],
  },
  revisions: {
    kind: 'number',
    description: 'Number of submitted revisions',
    example: 'revisions:>1',
    values: [{ value: '>1', detail: 'more than one' }],
  },
  alts: {
    kind: 'number',
    description: 'Number of alt-texts',
    example: 'alts:0',
    values: [
      { value: '0', detail: 'none' },
      { value: '>1', detail: 'several' },
    ],
  },
  length: {
    kind: 'number',
    description: 'Length of the caption in characters',
    example: 'length<40',
    values: [{ value: '<40', detail: 'short' }],
  },
  altlength: {
    kind: 'number',
    description: 'Length of the longest alt-text in characters',
    example: 'altlength<20',
    values: [{ value: '<20', detail: 'short' }],
  },
  edit: {
    kind: 'percent',
    description: 'How much of the text changed in the round of the caption',
    example: 'edit>50%',
    values: [{ value: '<5%', detail: 'hardly anything' }],
  },
  fate: {
    kind: 'choice',
    description: 'What became of something that the alt-text says, in the caption',
    example: 'fate:dropped',
    values: [
      { value: 'kept', detail: 'said as before' },
      { value: 'generalised', detail: 'said more vaguely' },
      { value: 'specialised', detail: 'said more exactly' },
      { value: 'corrected', detail: 'another word, for a reason' },
      { value: 'changed', detail: 'another word, without support' },
      { value: 'dropped', detail: 'not said any more' },
      { value: 'boilerplate-removed', detail: 'was not about the picture' },
    ],
  },
  written: {
    kind: 'date',
    description: 'When the caption was submitted: a UTC date, a range, or an age (min, h, d, w, y)',
    example: 'written:<1d',
    values: DATES,
  },
  updated: {
    kind: 'date',
    description: 'Last change: a UTC date, a range, or an age (min, h, d, w, y)',
    example: 'updated:<7d',
    values: DATES,
  },
  added: {
    kind: 'date',
    description: 'Import: a UTC date, a range, or an age (min, h, d, w, y)',
    example: 'added:2026-11-01',
    values: DATES,
  },
} as const satisfies Record<string, FieldSpec>

export type FieldName = keyof typeof FIELDS

type NumberKind = 'number' | 'bytes' | 'percent' | 'ratio' | 'place'

/** Fields whose values are numbers, by which images can be ranked. */
export type NumberField = {
  [Name in FieldName]: (typeof FIELDS)[Name]['kind'] extends NumberKind ? Name : never
}[FieldName]

export interface QueryField extends FieldSpec {
  readonly name: FieldName
}

/** Every field that the query language knows, in the order in which help and completion show them. */
export const QUERY_FIELDS: readonly QueryField[] = (Object.keys(FIELDS) as FieldName[]).map(
  (name) => ({ name, ...FIELDS[name] }),
)

/** The field of that name in any case, or null. */
export function findField(name: string): QueryField | null {
  const wanted = name.toLowerCase()
  return QUERY_FIELDS.find((field) => field.name === wanted) ?? null
}
