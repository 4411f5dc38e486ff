import type { QualityIssue } from '../../../../shared/domain/image-quality.ts'

interface IssueWords {
  readonly title: string
  /** What the number is, in a sentence. */
  readonly measure: string
  readonly unit: string
  /** True where there is no largest number. */
  readonly isOpenEnded: boolean
}

/** What people call the ways in which a picture may fall short. */
export const ISSUE_WORDS: Readonly<Record<QualityIssue, IssueWords>> = {
  dark: {
    title: 'Too dark',
    measure: 'Mean brightness, from 0 for black to 100 for white.',
    unit: '',
    isOpenEnded: false,
  },
  bright: {
    title: 'Too bright',
    measure: 'Mean brightness, from 0 for black to 100 for white.',
    unit: '',
    isOpenEnded: false,
  },
  blurry: {
    title: 'Blurred',
    measure:
      'How much neighbouring pixels differ, at 512 pixels: most sharp photos have 300 to 5000.',
    unit: '',
    isOpenEnded: true,
  },
  grey: {
    title: 'Grey',
    measure: 'Colourfulness: 0 is black and white, above 80 is very colourful.',
    unit: '',
    isOpenEnded: true,
  },
  'low-information': {
    title: 'Little to see',
    measure: 'Entropy of brightness in bits: photos have 6 to 8, logos and drawings less.',
    unit: ' bits',
    isOpenEnded: false,
  },
  blank: {
    title: 'Almost one colour',
    measure: 'Share of the picture that has nearly the same colour.',
    unit: ' %',
    isOpenEnded: false,
  },
  small: {
    title: 'Too small',
    measure: 'The shorter side in pixels.',
    unit: ' px',
    isOpenEnded: true,
  },
  'odd-aspect': {
    title: 'Odd shape',
    measure: 'How many times longer the longer side is than the shorter one.',
    unit: ' : 1',
    isOpenEnded: true,
  },
}

export function formatLimit(issue: QualityIssue, value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0
  return `${Number(value.toFixed(digits)).toLocaleString('en')}${ISSUE_WORDS[issue].unit}`
}
