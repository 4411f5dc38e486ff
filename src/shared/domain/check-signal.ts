/**
 * What a check can look at to judge a unit of a text: the whole picture (z), a choice among foils (swap), leaving the
 * unit out (del), the encoder's own attention (gate), the best place of the picture (reg), how the places of things lie, how
 * far they reach and how many they are (geo), a detector's boxes (box), the hue of the place (pix), and the text that was
 * read (ocr).
 */
export const CHECK_SIGNALS = [
  'z',
  'swap',
  'del',
  'gate',
  'reg',
  'geo',
  'box',
  'pix',
  'ocr',
] as const
export type CheckSignal = (typeof CHECK_SIGNALS)[number]
