import { hexToRgb } from '../colour.ts'
import type { Random } from '../random.ts'
import type { DrawScenery, Scenery } from './scenery.ts'
import { glow, gradient, n, rectangle, REFERENCE_HEIGHT } from './scenery.ts'

export const drawRoom: DrawScenery = ({ width, random }): Scenery => {
  const [wall, stripe] = random.pick([
    ['#f3e6d3', '#eddcc4'],
    ['#dbe8ea', '#cfdfe2'],
    ['#e9e2f1', '#dfd6ea'],
    ['#e3ecd8', '#d7e3c9'],
    ['#f6dfd8', '#efd2c9'],
  ] as const)
  const [floor, line] = random.pick([
    ['#d6a878', '#b98c5e'],
    ['#c79768', '#a87a4f'],
    ['#e0bd92', '#c4a077'],
  ] as const)
  const rug = random.pick(['#9db8c9', '#c98f86', '#a9b98e', '#b9a3c4'])
  let stripes = ''
  if (random.chance(0.5)) {
    for (let x = 0; x < width; x += 64)
      stripes += rectangle({ x, y: 0, width: 32, height: 382, fill: stripe })
  }
  let planks = ''
  for (let index = -8; index <= 8; index += 1) {
    planks += `M${n(width / 2 + index * 62)} 396L${n(width / 2 + index * 118)} 576`
  }
  const hasRug = random.chance(0.6)
  return {
    kind: 'room',
    body:
      rectangle({ x: 0, y: 0, width, height: REFERENCE_HEIGHT, fill: wall }) +
      stripes +
      glow({
        id: 'g',
        x: width * random.between(0.25, 0.75),
        y: 60,
        radius: 420,
        colour: '#ffffff',
        opacity: 0.5,
      }) +
      rectangle({ x: 0, y: 394, width, height: 182, fill: floor }) +
      `<path d="${planks}M0 424H${n(width)}M0 468H${n(width)}M0 526H${n(width)}" stroke="${line}" stroke-width="1.6" opacity=".45"/>` +
      rectangle({ x: 0, y: 378, width, height: 18, fill: '#fdfaf4' }) +
      rectangle({ x: 0, y: 394, width, height: 3, fill: '#8a6a48', opacity: 0.35 }) +
      (hasRug
        ? `<ellipse cx="${n(width / 2)}" cy="502" rx="${n(width * 0.38)}" ry="52" fill="${rug}" opacity=".8"/><ellipse cx="${n(width / 2)}" cy="502" rx="${n(width * 0.34)}" ry="43" fill="none" stroke="#fff" stroke-width="3" opacity=".5"/>`
        : ''),
    zones: [
      {
        place: 'room',
        by: 'base',
        top: 432,
        bottom: 550,
        behind: [
          [214, 168, 120],
          [235, 225, 212],
        ],
        words: ['on the floor', 'on the wooden floor', 'in the room'],
      },
      {
        place: 'wall',
        by: 'centre',
        top: 110,
        bottom: 205,
        behind: [
          [240, 230, 215],
          [225, 232, 230],
        ],
        words: ['on the wall'],
      },
    ],
    sizes: { tiny: 84, small: 122, medium: 170, large: 235, huge: 320 },
    farScale: 0.84,
    elements: hasRug
      ? ['wall', 'wooden floor', 'skirting board', 'rug']
      : ['wall', 'wooden floor', 'skirting board'],
    settings: [
      'a room with a wooden floor',
      'a bright room with pale walls',
      'a living room with a wooden floor',
    ],
    shortSettings: ['in a room', 'indoors', 'in a living room'],
    colours: ['brown'],
    shadow: 0.26,
  }
}

function cloth(width: number, colour: string): string {
  let body = ''
  for (let x = 0; x < width; x += 48)
    body += rectangle({ x, y: 340, width: 24, height: 236, fill: colour, opacity: 0.35 })
  for (let y = 340; y < 576; y += 48)
    body += rectangle({ x: 0, y, width, height: 24, fill: colour, opacity: 0.35 })
  return body
}

function wood(width: number, line: string, random: Random): string {
  let path = ''
  for (const y of [372, 414, 466, 528]) path += `M0 ${y}H${n(width)}`
  let grain = ''
  for (let index = 0; index < 14; index += 1) {
    const x = random.between(0, width)
    const y = random.between(350, 560)
    grain += `M${n(x)} ${n(y)}q${n(random.between(20, 60))} ${n(random.between(-4, 4))} ${n(random.between(70, 140))} 0`
  }
  return `<path d="${path}" stroke="${line}" stroke-width="2" opacity=".5" fill="none"/><path d="${grain}" stroke="${line}" stroke-width="1.5" opacity=".35" fill="none" stroke-linecap="round"/>`
}

export const drawTable: DrawScenery = ({ width, random }): Scenery => {
  const wall = random.pick(['#eef1ea', '#e6eef2', '#f5ece2', '#efe8f2', '#e9f0e2'])
  const tile = random.chance(0.4)
  const surface = random.pick([
    { fill: '#e2bd8d', line: '#c0966a', cloth: null, name: 'wooden table' },
    { fill: '#c99665', line: '#a5764a', cloth: null, name: 'wooden table' },
    { fill: '#fbf7ef', line: '', cloth: '#d46a6a', name: 'checked tablecloth' },
    { fill: '#fbf8f0', line: '', cloth: '#6f9fc8', name: 'checked tablecloth' },
  ])
  let tiles = ''
  if (tile) {
    for (let y = 0; y < 336; y += 56) tiles += `M0 ${y}H${n(width)}`
    for (let x = 0; x < width; x += 56) tiles += `M${n(x)} 0V336`
  }
  const behind = surface.cloth
    ? ([
        [244, 222, 216],
        [240, 240, 240],
      ] as const)
    : ([
        [214, 176, 128],
        [240, 238, 232],
      ] as const)
  return {
    kind: 'table',
    body:
      rectangle({ x: 0, y: 0, width, height: REFERENCE_HEIGHT, fill: wall }) +
      (tile ? `<path d="${tiles}" stroke="#fff" stroke-width="3" fill="none" opacity=".8"/>` : '') +
      glow({
        id: 'g',
        x: width * random.between(0.25, 0.75),
        y: 90,
        radius: 380,
        colour: '#ffffff',
        opacity: 0.75,
      }) +
      rectangle({ x: 0, y: 338, width, height: 238, fill: surface.fill }) +
      (surface.cloth ? cloth(width, surface.cloth) : wood(width, surface.line, random)) +
      rectangle({ x: 0, y: 338, width, height: 4, fill: '#ffffff', opacity: 0.5 }) +
      rectangle({ x: 0, y: 330, width, height: 8, fill: '#000000', opacity: 0.07 }),
    zones: [
      {
        place: 'table',
        by: 'base',
        top: 400,
        bottom: 546,
        behind,
        words: surface.cloth
          ? ['on the table', 'on the tablecloth', 'on the checked tablecloth']
          : ['on the table', 'on the wooden table', 'on the tabletop'],
      },
    ],
    sizes: { tiny: 96, small: 142, medium: 195, large: 245, huge: 290 },
    farScale: 0.76,
    elements: tile ? ['table', 'tiled wall', surface.name] : ['table', 'wall', surface.name],
    settings: surface.cloth
      ? ['a table with a checked tablecloth', 'a table covered with a checked cloth']
      : ['a wooden table in front of a pale wall', 'a wooden tabletop'],
    shortSettings: [
      'on a table',
      surface.cloth ? 'on a checked tablecloth' : 'on a wooden table',
      'on the table',
    ],
    colours: ['brown', 'white'],
    shadow: 0.26,
  }
}

export const drawStudio: DrawScenery = ({ width, random }): Scenery => {
  const [wall, floor, word] = random.pick([
    ['#d9e8f5', '#bcd4ea', 'light blue'],
    ['#fbe3dc', '#f3c9bd', 'salmon-coloured'],
    ['#e6f0dd', '#cbdfba', 'pale green'],
    ['#efe6f6', '#d9c9e8', 'lilac'],
    ['#fdf3d6', '#f3e0aa', 'cream-coloured'],
    ['#f1f1ee', '#d9d9d4', 'light grey'],
  ] as const)
  return {
    kind: 'studio',
    body:
      `<defs>${gradient('wall', [
        [0, wall],
        [0.62, wall],
        [0.78, floor],
        [1, floor],
      ])}</defs>` +
      rectangle({ x: 0, y: 0, width, height: REFERENCE_HEIGHT, fill: 'url(#wall)' }) +
      glow({ id: 'g', x: width * 0.5, y: 250, radius: 420, colour: '#ffffff', opacity: 0.7 }),
    zones: [
      {
        place: 'studio',
        by: 'base',
        top: 360,
        bottom: 530,
        behind: [hexToRgb(wall), hexToRgb(floor)],
        words: [],
      },
    ],
    sizes: { tiny: 100, small: 135, medium: 175, large: 220, huge: 250 },
    farScale: 0.86,
    elements: ['plain background'],
    settings: [`a plain ${word} background`, `a plain ${word} backdrop`],
    shortSettings: [
      `on a plain ${word} background`,
      `on a ${word} background`,
      'on a plain background',
    ],
    colours: [],
    shadow: 0.2,
  }
}
