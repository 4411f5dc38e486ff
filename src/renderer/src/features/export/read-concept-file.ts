import { MAX_CONCEPT_LENGTH, MAX_CONCEPTS } from '../../../../shared/domain/concept-list.ts'

/** What bytes that are no UTF-8 become, and what no text has. */
const NO_TEXT = /[\0\uFFFD]/

/** The lines of a text, each once. Throws what is to be told when they cannot be a list of concepts. */
export function readConceptLines(text: string): string[] {
  if (NO_TEXT.test(text)) throw new Error('A text file was expected, one concept a line, in UTF-8.')
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
  const concepts = [...new Set(lines.filter((line) => line !== ''))]
  const most = MAX_CONCEPTS.toLocaleString('en')
  if (concepts.length === 0) throw new Error('The file is empty: one concept a line is needed.')
  if (concepts.length > MAX_CONCEPTS) {
    throw new Error(
      `The file has ${concepts.length.toLocaleString('en')} concepts; a list has at most ${most}.`,
    )
  }
  const long = concepts.find((concept) => concept.length > MAX_CONCEPT_LENGTH)
  if (long === undefined) return concepts
  throw new Error(
    `A concept has at most ${MAX_CONCEPT_LENGTH} letters, and is on a line of its own. This line is longer: “${long.slice(0, 40)}…”`,
  )
}
