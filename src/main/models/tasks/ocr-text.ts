import { AppError } from '../../../shared/errors.ts'

export interface ReadText {
  readonly text: string
  /** Mean likelihood of its characters, 0 to 1; 0 for no text. */
  readonly score: number
}

/** The characters that a recogniser can answer: one a line, each as it stands, spaces too. */
export function parseAlphabet(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r?\n/u)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/**
 * The recogniser is shy of spaces: of 160 spaces in lines of six fonts it preferred 77 to everything else, but gave 159
 * more than this likelihood at some step, and none of 478 places inside of words more than 0.0004.
 */
const SPACE_LIKELIHOOD = 0.003

/**
 * Reads one line of a recogniser's answer: at each step the likeliest class; repeats are one character, class 0
 * separates, and a class after the alphabet's last is the space, for which little evidence is enough. Throws PACK_GRAPH_INVALID when the alphabet is
 * another model's.
 */
export function readSteps(
  likelihoods: Float32Array,
  classes: number,
  alphabet: readonly string[],
): ReadText {
  const spare = classes - 1 - alphabet.length
  if (spare !== 0 && spare !== 1) {
    throw new AppError(
      'PACK_GRAPH_INVALID',
      `The text recogniser answers ${classes} classes, but its alphabet has ${alphabet.length} characters. Get the pack again with the alphabet that belongs to it.`,
    )
  }
  let text = ''
  let sum = 0
  let count = 0
  let before = 0
  let spaceLikelihood = 0
  for (let at = 0; at < likelihoods.length; at += classes) {
    let best = 0
    for (let index = 1; index < classes; index += 1) {
      if ((likelihoods[at + index] ?? 0) > (likelihoods[at + best] ?? 0)) best = index
    }
    if (spare === 1) {
      spaceLikelihood = Math.max(spaceLikelihood, likelihoods[at + classes - 1] ?? 0)
    }
    const character = alphabet[best - 1]
    if (character !== undefined && best !== before) {
      if (spaceLikelihood > SPACE_LIKELIHOOD && text !== '') text += ' '
      text += character
      sum += likelihoods[at + best] ?? 0
      count += 1
    }
    if (character !== undefined) spaceLikelihood = 0
    before = best
  }
  return { text: text.trim(), score: count === 0 ? 0 : sum / count }
}
