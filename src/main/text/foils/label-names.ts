import type { NamedThing } from '../../../shared/domain/check-plan.ts'
import type { TextUnit } from '../../../shared/domain/text-unit.ts'
import { getWordNet } from '../lexicon/language.ts'
import { pluralOf } from './word-forms.ts'

/** Labels as other lists of the same classes spell them. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['motorbike', 'motorcycle'],
  ['aeroplane', 'airplane'],
  ['sofa', 'couch'],
  ['pottedplant', 'potted plant'],
  ['diningtable', 'dining table'],
  ['tvmonitor', 'tv'],
  ['television', 'tv'],
  ['hair dryer', 'hair drier'],
])

/**
 * What people call the things of common detectors where WordNet's most usual meaning leads elsewhere or knows no such
 * thing: a gull is somebody gullible there, and a hot dog a daredevil.
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  person:
    'people, male, female, guy, lady, gentleman, kid, toddler, teen, teenager, family, crowd, audience, driver, bystander, passer-by, onlooker',
  bicycle: 'bike, cycle, push bike',
  motorcycle: 'bike, motor bike, motorbike, motor cycle, scooter, motor scooter, moped',
  airplane: 'plane, jet, airliner, jet plane, aeroplane, passenger jet',
  car: 'cab, taxi, taxi cab, van, jeep, suv, automobile, police car',
  bus: 'van, double decker, school bus, tour bus',
  train: 'locomotive, tram, streetcar, subway train',
  truck:
    'van, lorry, fire truck, fire engine, firetruck, pickup, pick-up, pickup truck, dump truck, tow truck, food truck',
  boat: 'ship, sailboat, yacht, canoe, kayak, ferry, dinghy, sailing boat, motor boat',
  'traffic light': 'traffic lights, traffic signal, stop light, stoplight',
  'fire hydrant': 'hydrant',
  bird: 'gull, seagull, sea gull, heron, egret, loon, warbler, ostrich, peacock, quail, crane, turkey, flamingo',
  cat: 'kitten, kitty',
  dog: 'pup, puppy, chihuahua, labrador, husky, doggy, poodle',
  horse: 'colt, foal, pony',
  sheep: 'lamb, ram, ewe',
  cow: 'cattle, ox, oxen, calf, bull, buffalo, bison',
  bear: 'panda, polar bear, grizzly',
  handbag: 'purse, hand bag',
  tie: 'necktie, neck tie, bow tie, bowtie',
  suitcase: 'luggage, baggage, suit case',
  backpack: 'luggage, baggage, rucksack, knapsack, back pack',
  skis: 'ski',
  'sports ball': 'ball, soccer ball, football, baseball, basketball, tennis ball, volleyball',
  kite: 'parafoil',
  'baseball bat': 'ball bat',
  'baseball glove': 'catcher’s mitt, mitt, baseball mitt',
  surfboard: 'surf board, longboard',
  'tennis racket': 'racket, racquet, tennis racquet',
  'wine glass': 'wineglass, wine goblet',
  cup: 'mug, teacup, coffee cup',
  sandwich: 'burger, hamburger, cheeseburger, sub',
  donut: 'doughnut',
  cake: 'cupcake, birthday cake, wedding cake, cheesecake',
  chair: 'armchair, recliner',
  couch: 'sofa, settee, loveseat, love seat, futon',
  'potted plant': 'houseplant, house plant',
  toilet: 'urinal',
  tv: 'television, tv set, television set, flat screen tv, monitor',
  laptop: 'laptop computer, notebook computer, macbook, monitor',
  remote: 'remote control, tv remote, game controller, wii remote',
  'cell phone': 'phone, cellphone, mobile phone, smartphone, smart phone, mobile, iphone',
  oven: 'stove, stove top, stovetop',
  refrigerator: 'fridge',
  'teddy bear': 'teddy, teddybear, stuffed bear, stuffed animal',
  'hair drier': 'hairdryer, blow dryer',
}

/** Words for more than the label: its boxes support them, and their absence says nothing. */
const WIDER_NAMES: Readonly<Record<string, string>> = {
  'potted plant': 'plant, flower',
  'dining table': 'table, desk',
  laptop: 'computer, screen',
  tv: 'computer, screen',
  'wine glass': 'glass, drink',
  cup: 'glass, drink',
  vase: 'pot',
  cow: 'livestock',
  skis: 'gear',
}

/** Their most usual meaning in WordNet is another one, so that no kinds can be read off it. */
const ODD_LABELS: ReadonlySet<string> = new Set([
  'hot dog',
  'mouse',
  'remote',
  'kite',
  'tie',
  'orange',
])

interface LabelNames {
  readonly label: string
  /** In the common spelling. */
  readonly name: string
  readonly names: ReadonlySet<string>
  readonly wider: ReadonlySet<string>
}

const namesByLabel = new Map<string, LabelNames>()

function namesOf(label: string): LabelNames {
  const known = namesByLabel.get(label) ?? readNames(label)
  namesByLabel.set(label, known)
  return known
}

function readNames(label: string): LabelNames {
  const own = label.toLowerCase()
  const name = SPELLINGS.get(own) ?? own
  return {
    ...{ label, name },
    names: new Set([own, name, ...list(OTHER_NAMES[name])]),
    wider: new Set(list(WIDER_NAMES[name])),
  }
}

function list(names: string | undefined): readonly string[] {
  return names === undefined ? [] : names.split(', ')
}

/** Which labels of detectors stand for a thing that a text names. Of a proper name nothing is known. */
export function nameThing(text: string, unit: TextUnit, labels: readonly string[]): NamedThing {
  const { lemma, kind } = unit
  if (kind !== 'entity') return { lemma, labels: [], narrower: [] }
  const known = labels.map(namesOf)
  const words = text.slice(unit.start, unit.end).toLowerCase()
  const isCalled = (names: ReadonlySet<string>): boolean => names.has(lemma) || names.has(words)
  const compound = known.filter(({ names }) => standsAround(text, unit, names))
  const called = compound.length > 0 ? compound : known.filter(({ names }) => isCalled(names))
  const wider = known.filter((label) => !called.includes(label) && isCalled(label.wider))
  const wordNet = getWordNet()
  const isKind = (thing: string, of: string): boolean => wordNet.isMostlyKindOf(thing, of)
  const regular = known.filter(({ name }) => !ODD_LABELS.has(name))
  const isListed = called.length + wider.length > 0
  const kinds = isListed ? called : regular.filter(({ name }) => isKind(lemma, name))
  const narrower = isListed
    ? wider
    : regular.filter((label) => isKind(label.name, lemma) && !kinds.includes(label))
  return {
    lemma,
    labels: kinds.map(({ label }) => label),
    narrower: narrower.map(({ label }) => label),
  }
}

/** Whether the unit is part of a name of several words: "light" of "traffic light", but not "dog" of "hot dogs". */
function standsAround(text: string, unit: TextUnit, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => {
    if (!name.includes(' ')) return false
    const from = Math.max(0, unit.start - name.length - 1)
    const around = text.slice(from, unit.end + name.length + 1).toLowerCase()
    // No plural changes more than the last two letters.
    if (!around.includes(name.slice(0, -2))) return false
    return [name, pluralOf(name)].some((words) => {
      const start = from + around.indexOf(words)
      const end = start + words.length
      const isFound = start >= from && start < unit.end && unit.start < end
      return isFound && !isLetter(text[start - 1]) && !isLetter(text[end])
    })
  })
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}-]/u.test(character)
}
