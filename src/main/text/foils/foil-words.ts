import type { Leaning, SpatialRelation } from '../../../shared/domain/check-plan.ts'

/** Closed lists that foils are taken from. In lower case. */

function words(list: string): readonly string[] {
  return list.split(/\s+/).filter((word) => word !== '')
}

function lines(list: string): readonly string[] {
  return list
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The eleven basic colour words of English (Berlin and Kay), without the spelling "gray". */
export const BASIC_COLOURS = words(
  'red orange yellow green blue purple pink brown black white grey',
)

/** Which basic colours a colour word may be taken for; these are no foils of it. */
export const COLOUR_FAMILIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['gray', ['grey']],
  ['grey', ['white', 'black']],
  ['violet', ['purple', 'blue']],
  ['purple', ['pink', 'blue']],
  ['pink', ['purple', 'red']],
  ['orange', ['red', 'yellow', 'brown']],
  ['beige', ['brown', 'white', 'yellow', 'grey']],
  ['tan', ['brown', 'orange', 'yellow']],
  ['cream', ['white', 'yellow']],
  ['ivory', ['white', 'yellow']],
  ['gold', ['yellow', 'orange', 'brown']],
  ['golden', ['yellow', 'orange', 'brown']],
  ['silver', ['grey', 'white']],
  ['bronze', ['brown', 'orange']],
  ['copper', ['brown', 'orange', 'red']],
  ['turquoise', ['blue', 'green']],
  ['teal', ['blue', 'green']],
  ['cyan', ['blue', 'green']],
  ['aqua', ['blue', 'green']],
  ['magenta', ['pink', 'purple', 'red']],
  ['maroon', ['red', 'brown', 'purple']],
  ['burgundy', ['red', 'brown', 'purple']],
  ['crimson', ['red', 'pink']],
  ['scarlet', ['red', 'orange']],
  ['navy', ['blue', 'black']],
  ['indigo', ['blue', 'purple']],
  ['olive', ['green', 'brown', 'yellow']],
  ['khaki', ['green', 'brown', 'yellow']],
  ['lavender', ['purple', 'pink', 'blue']],
  ['lilac', ['purple', 'pink']],
  ['mauve', ['purple', 'pink']],
  ['peach', ['orange', 'pink', 'yellow']],
  ['coral', ['orange', 'pink', 'red']],
  ['amber', ['orange', 'yellow', 'brown']],
  ['mustard', ['yellow', 'brown', 'orange']],
  ['rust', ['brown', 'orange', 'red']],
  ['charcoal', ['grey', 'black']],
  ['blonde', ['yellow', 'brown', 'white']],
  ['blond', ['yellow', 'brown', 'white']],
  ['brunette', ['brown', 'black']],
  ['brown', ['orange', 'red', 'black']],
])

/** Adjectives that cannot both be true of one thing: each stands against all of the other side. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['small little tiny', 'large big huge'],
  ['tall', 'short'],
  ['long', 'short'],
  ['wide', 'narrow'],
  ['thick', 'thin'],
  ['old elderly', 'young new'],
  ['open', 'closed'],
  ['empty', 'full'],
  ['wet', 'dry'],
  ['clean', 'dirty'],
  ['bright', 'dark'],
  ['cloudy', 'clear'],
  ['sunny', 'rainy'],
  ['smooth', 'rough'],
  ['round', 'square'],
  ['striped', 'plain spotted'],
  ['spotted', 'plain striped'],
  ['wooden', 'metal plastic stone'],
  ['metal metallic', 'wooden plastic stone'],
  ['plastic', 'wooden metal glass'],
  ['stone brick', 'wooden metal'],
  ['glass', 'wooden metal'],
  ['male', 'female'],
  ['bald', 'long-haired'],
  ['curly', 'straight'],
  ['lit', 'unlit'],
  ['snowy', 'grassy sandy'],
  ['grassy', 'snowy sandy'],
  ['sandy', 'snowy grassy'],
  ['indoor', 'outdoor'],
]

export const SIZES: ReadonlySet<string> = new Set(
  words('small little tiny large big huge tall short long wide narrow'),
)

export const ADJECTIVE_FOILS: ReadonlyMap<string, readonly string[]> = new Map(
  [...Map.groupBy(OPPOSITES.flatMap(pairUp), ([word]) => word)].map(([word, pairs]) => [
    word,
    [...new Set(pairs.map(([, foil]) => foil))],
  ]),
)

function pairUp([left, right]: readonly [string, string]): (readonly [string, string])[] {
  return words(left).flatMap((word) =>
    words(right).flatMap((other) => [[word, other] as const, [other, word] as const]),
  )
}

interface RelationSense {
  readonly foils: readonly string[]
  readonly spatial: SpatialRelation | null
  readonly leaning: Leaning | null
}

/** Relations by the words that say them (lemmas, as units have them); foils are the words of the other entries. */
const RELATIONS: readonly ({ readonly said: readonly string[] } & RelationSense)[] = [
  {
    said: lines('left of, to left of, on left of, on left side of'),
    foils: ['to the right of'],
    spatial: 'left',
    leaning: 'left',
  },
  {
    said: lines('right of, to right of, on right of, on right side of'),
    foils: ['to the left of'],
    spatial: 'right',
    leaning: 'right',
  },
  { said: lines('above, over'), foils: ['below'], spatial: 'above', leaning: 'above' },
  { said: lines('below, beneath'), foils: ['above'], spatial: 'below', leaning: 'below' },
  {
    said: lines('on, on top of, atop, upon'),
    foils: ['under', 'next to'],
    spatial: null,
    leaning: 'above',
  },
  {
    said: lines('under, underneath'),
    foils: ['on top of', 'next to'],
    spatial: 'below',
    leaning: 'below',
  },
  { said: lines('in front of'), foils: ['behind'], spatial: null, leaning: 'below' },
  { said: lines('behind'), foils: ['in front of'], spatial: null, leaning: 'above' },
  {
    said: lines('in, inside, inside of, within'),
    foils: ['next to', 'on top of'],
    spatial: 'inside',
    leaning: null,
  },
  { said: lines('outside, outside of'), foils: ['inside'], spatial: null, leaning: null },
]

export const RELATION_FOILS: ReadonlyMap<string, RelationSense> = new Map(
  RELATIONS.flatMap(({ said, ...rest }) => said.map((words) => [words, rest] as const)),
)

/** Verbs of what is often seen, that can hardly be done at the same time. */
export const COMMON_ACTIONS = words(
  'stand sit lie walk run jump fly swim eat drink sleep climb dance ride drive throw',
)

/** What often stands in the way of one another: the things of COCO and Visual Genome that pictures show most. */
export const POPULAR_THINGS = lines(`
  man, woman, child, dog, cat, bird, horse, cow, sheep, car, bus, truck, train, bicycle, motorcycle, boat, airplane,
  table, chair, couch, bed, bench, lamp, clock, window, door, bottle, cup, bowl, plate, book, phone, laptop, umbrella,
  bag, hat, shirt, shoe, ball, kite, tree, flower, pizza, cake, sandwich, apple, banana, sign, house, bridge`)

/** Things of many kinds, none of them rare in English. */
export const RANDOM_THINGS = lines(`
  elephant, giraffe, zebra, bear, monkey, rabbit, snake, frog, turtle, spider, bee, butterfly, owl, duck, penguin,
  whale, shark, crab, octopus, lion, tiger, wolf, fox, mouse, squirrel, pig, goat, chicken, helicopter, rocket, tractor,
  ambulance, scooter, ship, tent, castle, church, tower, lighthouse, fountain, statue, fence, ladder, hammer, key, knife,
  spoon, scissors, candle, mirror, guitar, piano, drum, violin, camera, telephone, television, keyboard, pencil, globe,
  bell, trophy, crown, ring, glove, boot, dress, sock, backpack, suitcase, basket, bucket, broom, vase, rose, tulip,
  cactus, mushroom, carrot, tomato, corn, grape, lemon, cherry, strawberry, pear, pineapple, bread, cheese, egg, fish,
  cookie, doughnut, ice cream, coffee, mountain, island, waterfall, moon, rainbow, cloud`)

/** What signs often say. */
export const SIGN_WORDS = lines(
  'open, closed, sale, stop, exit, welcome, no parking, for sale, keep out, one way, cafe, hotel, taxi, police, thank you',
)
