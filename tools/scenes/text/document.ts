/** What a span of a text speaks of. */
export type UnitKind =
  'object' | 'count' | 'colour' | 'size' | 'relation' | 'action' | 'place' | 'setting' | 'sign-text'

interface UnitMark {
  readonly kind: UnitKind
  /** Group id; null for the setting. */
  readonly group: string | null
  /** The second group of a relation. */
  readonly other: string | null
  /** The concept, number, colour word, relation word... that the span states. */
  readonly value: string
}

export type FaultKind =
  | 'missing'
  | 'object'
  | 'inserted'
  | 'colour'
  | 'size'
  | 'count'
  | 'relation'
  | 'setting'
  | 'sign-text'
  | 'name'
  | 'boilerplate'
  | 'file-name'
  | 'shop-tail'
  | 'typo'

interface FaultMark {
  readonly kind: FaultKind
  /** What is true instead, in words; null when nothing is (a name, boilerplate). */
  readonly truth: string | null
  readonly group: string | null
  readonly other: string | null
}

/**
 * A bit of text with what it states. `text: 'a'` with `article` becomes "an" before a vowel. All
 * pieces of one noun phrase bear the same `phrase` key.
 */
export interface Piece {
  readonly text: string
  readonly unit?: UnitMark
  readonly fault?: FaultMark
  readonly article?: boolean
  readonly phrase?: string
}

/** A correct statement. Offsets are UTF-16, end exclusive. */
export interface Unit extends UnitMark {
  readonly start: number
  readonly end: number
  readonly text: string
  /** The whole noun phrase around an object, with article, number and adjectives. */
  readonly phrase: { readonly start: number; readonly end: number } | null
}

/** A planted fault. A missing thing has the empty span at the end of the text. */
export interface Fault extends FaultMark {
  readonly start: number
  readonly end: number
  readonly said: string
}

export interface WrittenText {
  readonly text: string
  readonly units: readonly Unit[]
  readonly faults: readonly Fault[]
}

/** "an" before a vowel sound, for the nouns of the table. */
export function articleFor(next: string): 'a' | 'an' {
  if (/^(uni|one\b|eu)/i.test(next)) return 'a'
  return /^([aeiou]|hourglass)/i.test(next) ? 'an' : 'a'
}

function resolveArticles(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, index) => {
    if (!piece.article) return piece
    const next = pieces.slice(index + 1).find((candidate) => candidate.text.trim() !== '')
    const article = articleFor(next?.text ?? '')
    const isCapital = piece.text.startsWith('A')
    return { ...piece, text: isCapital ? article.replace('a', 'A') : article }
  })
}

/** Joins the pieces and turns their marks into spans. */
export function write(pieces: readonly Piece[]): WrittenText {
  const resolved = resolveArticles(pieces)
  const units: { unit: Omit<Unit, 'phrase'>; phrase: string | null }[] = []
  const faults: Fault[] = []
  const phrases = new Map<string, { start: number; end: number }>()
  let text = ''
  for (const piece of resolved) {
    const start = text.length
    text += piece.text
    const end = text.length
    if (piece.phrase && piece.text.trim() !== '') {
      phrases.set(piece.phrase, { start: phrases.get(piece.phrase)?.start ?? start, end })
    }
    const span = { start, end }
    if (piece.unit)
      units.push({
        unit: { ...piece.unit, ...span, text: piece.text },
        phrase: piece.phrase ?? null,
      })
    if (piece.fault) faults.push({ ...piece.fault, ...span, said: piece.text })
  }
  return {
    text,
    units: units.map(({ unit, phrase }) => ({
      ...unit,
      phrase: unit.kind === 'object' && phrase !== null ? (phrases.get(phrase) ?? null) : null,
    })),
    faults,
  }
}

export function plain(text: string): Piece {
  return { text }
}

function mapFirst(pieces: readonly Piece[], change: (text: string) => string): Piece[] {
  const first = pieces.findIndex((piece) => piece.text !== '')
  return pieces.map((piece, index) =>
    index === first ? { ...piece, text: change(piece.text) } : piece,
  )
}

export function capitalised(pieces: readonly Piece[]): Piece[] {
  return mapFirst(pieces, (text) => text.slice(0, 1).toUpperCase() + text.slice(1))
}

/** Undoes `capitalised`, but leaves names and words in capitals alone. */
export function decapitalised(pieces: readonly Piece[]): Piece[] {
  const isName = pieces[0]?.fault?.kind === 'name'
  return mapFirst(pieces, (text) =>
    isName || /^[A-Z]{2}/.test(text) || /^(Japanese|Christmas)/.test(text)
      ? text
      : text.slice(0, 1).toLowerCase() + text.slice(1),
  )
}

/** A capital at the front and a full stop at the end. */
export function sentence(pieces: readonly Piece[]): Piece[] {
  return [...capitalised(pieces), plain('.')]
}

const SMALL_WORDS = new Set(['a', 'an', 'and', 'the', 'of', 'to', 'in', 'on', 'at', 'with', 'by'])

/** Title Case; keeps every length. */
export function titled(pieces: readonly Piece[]): Piece[] {
  const cased = pieces.map((piece) => ({
    ...piece,
    text:
      piece.unit?.kind === 'sign-text'
        ? piece.text
        : piece.text.replace(/\p{L}[\p{L}'’-]*/gu, (word) =>
            SMALL_WORDS.has(word) ? word : word.slice(0, 1).toUpperCase() + word.slice(1),
          ),
  }))
  return capitalised(cased)
}

export function upperCased(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece) => ({ ...piece, text: piece.text.toUpperCase() }))
}
