import type { Random } from '../random.ts'
import type { Piece } from './document.ts'

/** Words that the web adds to alt-texts. None of it can be seen in a picture. */
const PEOPLE = ['Emma', 'Luca', 'Sofia', 'Oskar', 'Mina', 'Noah', 'Ingrid', 'Tomás', 'Aiko', 'Zoë']
const SURNAMES = [
  'Torres',
  'Lindgren',
  'Okafor',
  'Moreau',
  'Novak',
  'Ferrari',
  'Haddad',
  'Kowalski',
]
const PET_NAMES = ['Bella', 'Rocky', 'Luna', 'Max', 'Coco', 'Milo']
const PLACES = [
  'Tuscany',
  'Lake Como',
  'Vermont',
  'Brighton',
  'Kyoto',
  'the Algarve',
  'Nova Scotia',
  'Zermatt',
  'Oaxaca',
  'Tallinn',
]

const OPENERS = [
  'Free stock image: ',
  'Stock photo of ',
  'Image may contain: ',
  'Click to enlarge: ',
  'Picture of ',
  '[Image] ',
  'Download this free vector of ',
]
const CLOSERS = [
  ' - free stock image',
  ' | Stock Vector',
  ' (click to enlarge)',
  ' - Wikimedia Commons',
  ' | HD wallpaper 1920x1080',
  ' royalty-free illustration',
  ' - stock illustration 48213377',
  ' … Read more',
  ' #photooftheday #art',
]
const SHOPS = ['Buy online', 'Shop now', 'Order today', 'Best price', 'In stock']
const SHIPPING = ['free shipping', 'free delivery', '20% off', 'ships in 24 h', 'free returns']
const CAMERAS = ['IMG_', 'DSC_', 'DSCF', 'P10', 'Screenshot_2021', 'PXL_2023', 'image-']
const EXTENSIONS = ['.jpg', '.JPG', '.jpeg', '.png']

function fault(kind: 'name' | 'boilerplate' | 'shop-tail' | 'file-name', text: string): Piece {
  return { text, fault: { kind, truth: null, group: null, other: null } }
}

export function opener(random: Random): Piece {
  return fault('boilerplate', random.pick(OPENERS))
}

export function closer(random: Random): Piece {
  return fault('boilerplate', random.pick(CLOSERS))
}

export function shopTail(random: Random): Piece {
  const price = `${random.integer(3, 89)}.${random.pick(['99', '95', '50'])}`
  const offer = `${random.pick(['$', '€', '£'])}${price} ${random.pick(SHIPPING)}`
  return fault('shop-tail', ` | ${random.pick(SHOPS)} - ${offer}`)
}

export function cameraName(random: Random): Piece {
  const number = String(random.integer(103, 9871)).padStart(4, '0')
  return fault('file-name', `${random.pick(CAMERAS)}${number}${random.pick(EXTENSIONS)}`)
}

export function numberedEnding(random: Random): Piece {
  return fault(
    'file-name',
    `-${random.integer(2, 640)}${random.pick(['', '-scaled', '_final', '-1024x768'])}${random.pick(EXTENSIONS)}`,
  )
}

/** A place that nothing in the picture tells. */
export function placeName(random: Random): Piece {
  return fault('name', ` in ${random.pick(PLACES)}`)
}

export function photographer(random: Random): Piece {
  return fault(
    'name',
    `, ${random.pick(['photo by', 'by', '©'])} ${random.pick(PEOPLE)} ${random.pick(SURNAMES)}`,
  )
}

/** A name that goes before a noun: "Emma’s" in place of an article. */
export function owner(random: Random): Piece {
  return fault('name', `${random.pick(PEOPLE)}’s`)
}

export function petName(random: Random): Piece {
  return fault('name', ` ${random.pick(PET_NAMES)}`)
}

/** One slip of the fingers inside a word of five letters or more; null when the word is too short. */
export function misspell(word: string, random: Random): string | null {
  if (word.length < 5) return null
  const at = random.integer(1, word.length - 3)
  const [first, second] = [word[at] ?? '', word[at + 1] ?? '']
  const swapped = word.slice(0, at) + second + first + word.slice(at + 2)
  const doubled = word.slice(0, at + 1) + first + word.slice(at + 1)
  const dropped = word.slice(0, at) + word.slice(at + 1)
  const slip = random.pick([swapped, doubled, dropped])
  return slip === word || first === ' ' || second === ' ' || first === '-' ? null : slip
}
