/**
 * A single-stroke alphabet for painted signs, drawn here so that words in pictures need no font:
 * each letter is SVG path data on a grid 1 wide (see WIDTHS) and 1 high, y downwards.
 */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'M0 1L.36 0L.72 1M.12 .66H.6',
  B: 'M0 0V1H.32C.72 1 .72 .48 .32 .48H0M0 0H.28C.62 0 .62 .48 .28 .48',
  C: 'M.68 .16C.5 -.06 0 -.1 0 .5C0 1.1 .5 1.06 .68 .84',
  D: 'M0 0V1H.2C.82 1 .82 0 .2 0Z',
  E: 'M.56 0H0V1H.56M0 .48H.46',
  F: 'M.56 0H0V1M0 .48H.46',
  G: 'M.68 .16C.5 -.06 0 -.1 0 .5C0 1.1 .66 1.1 .68 .56H.42',
  H: 'M0 0V1M.66 0V1M0 .48H.66',
  I: 'M0 0V1',
  J: 'M.42 0V.68C.42 1.08 0 1.08 0 .76',
  K: 'M0 0V1M.6 0L.02 .56M.2 .4L.62 1',
  L: 'M0 0V1H.54',
  M: 'M0 1V0L.42 .7L.84 0V1',
  N: 'M0 1V0L.66 1V0',
  O: 'M.38 0C-.12 0 -.12 1 .38 1C.88 1 .88 0 .38 0Z',
  P: 'M0 1V0H.3C.7 0 .7 .54 .3 .54H0',
  Q: 'M.38 0C-.12 0 -.12 1 .38 1C.88 1 .88 0 .38 0ZM.48 .76L.74 1.04',
  R: 'M0 1V0H.3C.7 0 .7 .52 .3 .52H0M.32 .52L.62 1',
  S: 'M.56 .14C.4 -.06 0 -.06 .02 .24C.04 .54 .58 .44 .58 .76C.58 1.06 .12 1.06 0 .84',
  T: 'M0 0H.66M.33 0V1',
  U: 'M0 0V.62C0 1.12 .64 1.12 .64 .62V0',
  V: 'M0 0L.35 1L.7 0',
  W: 'M0 0L.24 1L.48 .2L.72 1L.96 0',
  X: 'M0 0L.64 1M.64 0L0 1',
  Y: 'M0 0L.33 .5L.66 0M.33 .5V1',
  Z: 'M0 0H.6L0 1H.62',
}

const WIDTHS: Readonly<Record<string, number>> = {
  A: 0.72,
  B: 0.6,
  C: 0.68,
  D: 0.66,
  E: 0.56,
  F: 0.56,
  G: 0.68,
  H: 0.66,
  I: 0.02,
  J: 0.42,
  K: 0.62,
  L: 0.54,
  M: 0.84,
  N: 0.66,
  O: 0.76,
  P: 0.58,
  Q: 0.76,
  R: 0.62,
  S: 0.58,
  T: 0.66,
  U: 0.64,
  V: 0.7,
  W: 0.96,
  X: 0.64,
  Y: 0.66,
  Z: 0.62,
  ' ': 0.3,
}

const GAP = 0.26

function widthOf(line: string): number {
  return Array.from(line).reduce((sum, letter) => sum + (WIDTHS[letter] ?? 0.6) + GAP, -GAP)
}

/** SVG for one line of capitals centred in a box. */
export function letterLine(request: {
  readonly line: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly colour: string
}): string {
  const { line, x, y, width, height, colour } = request
  const natural = widthOf(line)
  const scale = Math.min(height, width / natural)
  let at = x + (width - natural * scale) / 2
  const top = y + (height - scale) / 2
  let body = ''
  for (const letter of line) {
    const path = LETTERS[letter]
    if (path) {
      body += `<path transform="translate(${at.toFixed(2)} ${top.toFixed(2)}) scale(${scale.toFixed(3)})" d="${path}"/>`
    }
    at += ((WIDTHS[letter] ?? 0.6) + GAP) * scale
  }
  return `<g fill="none" stroke="${colour}" stroke-width=".17" stroke-linecap="round" stroke-linejoin="round">${body}</g>`
}

/** Whether every character can be drawn. */
export function canLetter(words: string): boolean {
  return Array.from(words).every((letter) => letter === ' ' || letter in LETTERS)
}
