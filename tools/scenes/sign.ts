import type { SignStyle } from './graph.ts'
import { letterLine } from './letters.ts'
import type { SceneryKind } from './scenery/scenery.ts'

/** Words for signs that suit a place; two words stand on two lines. */
export const SIGN_WORDS = {
  meadow: ['FARM SHOP', 'FRESH EGGS', 'WELCOME', 'PICNIC AREA', 'KEEP OUT', 'HONEY'],
  park: ['PICNIC AREA', 'NO BICYCLES', 'PLAYGROUND', 'WELCOME', 'CITY PARK', 'CAFE'],
  desert: ['NO WATER', 'DANGER', 'MOTEL', 'LAST STOP', 'OASIS'],
  snow: ['SKI SCHOOL', 'SLOW', 'ICE RINK', 'HOT SOUP', 'WELCOME'],
  night: ['CAMP SITE', 'QUIET', 'WELCOME', 'OBSERVATORY'],
  beach: ['NO SWIMMING', 'BEACH BAR', 'SURF SCHOOL', 'ICE CREAM', 'WELCOME'],
  street: ['OPEN', 'CLOSED', 'SALE', 'BAKERY', 'BUS STOP', 'MARKET', 'NO PARKING', 'BOOKS'],
  room: ['MEETING', 'SALE', 'HOME', 'QUIET PLEASE'],
  table: ['MENU', 'FRESH', 'TODAY', 'BAKED HERE', 'TRY ME', 'SPECIAL'],
  underwater: ['TREASURE', 'DANGER', 'REEF'],
  studio: ['SALE', 'NEW', 'HELLO', 'SAMPLE', 'FRAGILE'],
} as const satisfies Record<SceneryKind, readonly string[]>

export const SIGN_NOUNS = {
  wooden: { noun: 'wooden sign', plural: 'wooden signs' },
  chalk: { noun: 'chalkboard', plural: 'chalkboards' },
  metal: { noun: 'metal sign', plural: 'metal signs' },
  paper: { noun: 'poster', plural: 'posters' },
} as const satisfies Record<SignStyle, { noun: string; plural: string }>

/** Width and height of a sign in its own units; the same for all words of one line count and style. */
const SIGN_VIEW = { width: 200, height: 190 } as const
const PAPER_VIEW = { width: 170, height: 130 } as const

function board(style: SignStyle): {
  body: string
  ink: string
  x: number
  y: number
  width: number
  height: number
} {
  switch (style) {
    case 'wooden':
      return {
        body:
          '<rect x="34" y="60" width="15" height="130" rx="4" fill="#8a5a33"/><rect x="151" y="60" width="15" height="130" rx="4" fill="#8a5a33"/>' +
          '<rect x="2" y="4" width="196" height="108" rx="12" fill="#b97f4b"/><rect x="9" y="11" width="182" height="94" rx="8" fill="#d9a56b"/>' +
          '<path d="M14 42q60 -5 110 0t62 -1M14 76q50 4 96 0t76 2" stroke="#c08a52" stroke-width="2.5" fill="none"/>',
        ink: '#4c2d14',
        x: 20,
        y: 18,
        width: 160,
        height: 80,
      }
    case 'chalk':
      return {
        body:
          '<path d="M40 120L18 190H34L56 120ZM160 120L182 190H166L144 120Z" fill="#7d5a3c"/>' +
          '<rect x="14" y="2" width="172" height="146" rx="8" fill="#9b7048"/><rect x="25" y="13" width="150" height="124" rx="3" fill="#2f3e3a"/>',
        ink: '#f6f4e8',
        x: 36,
        y: 26,
        width: 128,
        height: 98,
      }
    case 'metal':
      return {
        body:
          '<rect x="93" y="90" width="14" height="100" rx="3" fill="#8d949c"/>' +
          '<rect x="4" y="2" width="192" height="110" rx="14" fill="#f4f6f8"/><rect x="9" y="7" width="182" height="100" rx="10" fill="#1f5fa8"/>',
        ink: '#ffffff',
        x: 22,
        y: 20,
        width: 156,
        height: 74,
      }
    case 'paper':
      return {
        body: '<rect x="0" y="0" width="170" height="130" rx="3" fill="#c9b48e"/><rect x="4" y="4" width="162" height="122" rx="2" fill="#fffdf5"/>',
        ink: '#b23a48',
        x: 16,
        y: 16,
        width: 138,
        height: 98,
      }
  }
}

export function signSize(style: SignStyle): { width: number; height: number } {
  return style === 'paper' ? PAPER_VIEW : SIGN_VIEW
}

/** The inside of an `<svg>` for a sign. */
export function signBody(style: SignStyle, words: string): string {
  const { body, ink, x, y, width, height } = board(style)
  const lines = words.split(' ')
  const step = height / lines.length
  const tall = Math.min(step * 0.72, 44)
  return (
    body +
    lines
      .map((line, index) =>
        letterLine({
          line,
          x,
          y: y + step * index + (step - tall) / 2,
          width,
          height: tall,
          colour: ink,
        }),
      )
      .join('')
  )
}
