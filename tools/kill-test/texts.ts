import type { Random } from '../scenes/random.ts'

/** Pieces that have gone wrong somewhere: scripts, direction, joined emoji, lone surrogates, odd spaces and lines. */
const PIECES = [
  'a red bus',
  'deux chats « gris »',
  'שלום עולם',
  'مرحبا',
  '日本の写真',
  '👩‍👩‍👧‍👦',
  '\ud83d',
  '\udc00 alone',
  'line\nbreak',
  'windows\r\nbreak',
  'tab\tand\u00a0space',
  '"quoted" \'and\' \\slashed\\',
  'e\u0301 and é',
  '\u200e\u202etesting',
  '',
] as const

/** A caption that no other has, so that a lost or swapped text is seen. */
export function makeText(random: Random, serial: number): string {
  const pieces = Array.from({ length: random.integer(1, 12) }, () => random.pick(PIECES))
  return `${serial}: ${pieces.join(' ')}`
}
