import { createRandom } from '../../tools/scenes/random.ts'
import {
  ORACLE_COLOURS,
  ORACLE_GRID,
  ORACLE_SIDE_PX,
  ORACLE_THINGS,
  oracleRgb,
  type OracleColour,
  type OracleThing,
} from './oracle-pack.ts'

export interface OracleItem {
  readonly thing: OracleThing
  readonly colour: OracleColour
  /** Whole patches of the encoder's grid. */
  readonly patches: {
    readonly column: number
    readonly row: number
    readonly width: number
    readonly height: number
  }
}

interface OracleCaption {
  readonly sentences: readonly string[]
  readonly fault: 'object' | 'colour' | null
  /** What is planted in it; null in the true caption. */
  readonly planted: string | null
}

export interface OracleScene {
  readonly name: string
  readonly items: readonly OracleItem[]
  /** The true one, one with a wrong thing, one with a wrong colour. */
  readonly captions: readonly OracleCaption[]
  /** RGB bytes, row by row. */
  readonly pixels: Uint8Array
}

const HALF = ORACLE_GRID / 2
const GREY_LEVEL = 127

/** Three coloured things in three quarters of a picture; the last is named without its colour. */
export function composeOracleScene(seed: number, index: number): OracleScene {
  const name = `${String(seed)}-${String(index)}`
  const random = createRandom(`oracle ${name}`)
  const things = random.shuffle(ORACLE_THINGS)
  const corners = random.shuffle([0, 1, 2, 3])
  const items = things.slice(0, 3).map((thing, at): OracleItem => {
    const corner = corners[at] ?? 0
    const side = (): number => random.integer(2, 3)
    const patches = { width: side(), height: side() }
    const [column, row] = [HALF * (corner % 2), HALF * Math.floor(corner / 2)]
    return { thing, colour: random.pick(ORACLE_COLOURS), patches: { ...patches, column, row } }
  })
  const order = random.shuffle([0, 1, 2])
  const wrong = things[3] ?? 'kite'
  const at = random.integer(0, 1)
  const wrongColour = random.pick(ORACLE_COLOURS.filter((colour) => colour !== items[at]?.colour))
  const say = (change: (item: OracleItem, at: number) => Partial<OracleItem>) =>
    order.flatMap((place) => {
      const item = items[place]
      if (item === undefined) return []
      const { thing, colour } = { ...item, ...change(item, place) }
      const words = place === 2 ? thing : `${colour} ${thing}`
      return [`There is ${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}.`]
    })
  return {
    ...{ name, items },
    captions: [
      { sentences: say(() => ({})), fault: null, planted: null },
      {
        sentences: say((_, place) => (place === 2 ? { thing: wrong } : {})),
        ...{ fault: 'object', planted: wrong },
      },
      {
        sentences: say((_, place) => (place === at ? { colour: wrongColour } : {})),
        ...{ fault: 'colour', planted: wrongColour },
      },
    ],
    pixels: paint(items, () => random.integer(0, 255)),
  }
}

function paint(items: readonly OracleItem[], level: () => number): Uint8Array {
  const pixels = new Uint8Array(ORACLE_SIDE_PX * ORACLE_SIDE_PX * 3).fill(GREY_LEVEL)
  const patch = ORACLE_SIDE_PX / ORACLE_GRID
  const fill = ({ column, row, width, height }: OracleItem['patches'], rgb: readonly number[]) => {
    for (let y = row * patch; y < (row + height) * patch; y += 1) {
      for (let x = column * patch; x < (column + width) * patch; x += 1) {
        pixels.set(rgb, (y * ORACLE_SIDE_PX + x) * 3)
      }
    }
  }
  for (const { patches, thing, colour } of items) fill(patches, oracleRgb(thing, colour))
  // A mark of no colour of the palette, which have unequal red and green: the encoder's noise follows from it.
  const even = level()
  const last = ORACLE_GRID - 1
  fill({ column: last, row: last, width: 1, height: 1 }, [even, even, level()])
  return pixels
}
