import type { Random } from '../random.ts'
import type { DrawScenery, Scenery } from './scenery.ts'
import { gradient, rectangle } from './scenery.ts'

function facade(request: {
  x: number
  width: number
  top: number
  fill: string
  random: Random
}): string {
  const { x, width, top, fill, random } = request
  const columns = Math.max(2, Math.floor(width / 34))
  const gap = width / columns
  const glass = random.pick(['#f8fbff', '#dcecf8', '#fff3d2'])
  let body = rectangle({ x, y: top, width, height: 404 - top, fill })
  body += rectangle({
    x: x - 3,
    y: top - 6,
    width: width + 6,
    height: 9,
    fill: '#ffffff',
    opacity: 0.45,
  })
  for (let row = 0; top + 24 + row * 44 < 350; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      body += rectangle({
        x: x + gap * (column + 0.5) - 8,
        y: top + 20 + row * 44,
        width: 16,
        height: 25,
        fill: glass,
        opacity: 0.8,
      })
    }
  }
  return body
}

export const drawStreet: DrawScenery = ({ width, random }): Scenery => {
  const [high, low] = random.pick([
    ['#8ecbf2', '#e8f5fd'],
    ['#a6d2ee', '#fdf0e0'],
    ['#f5c39d', '#fdeeda'],
  ] as const)
  const palette = random.shuffle([
    '#e9c7b0',
    '#d8d2e6',
    '#c9dcd2',
    '#f0dcae',
    '#e5bfbf',
    '#bfd3e6',
    '#dcd0bb',
  ])
  let buildings = ''
  let x = -10
  for (let index = 0; x < width; index += 1) {
    const wide = random.between(88, 150)
    buildings += facade({
      x,
      width: wide - 6,
      top: random.between(150, 262),
      fill: palette[index % palette.length] ?? '#ddd',
      random,
    })
    x += wide
  }
  let dashes = ''
  for (let dash = -30; dash < width; dash += 110)
    dashes += rectangle({ x: dash, y: 528, width: 56, height: 6, fill: '#f4f1e4', opacity: 0.85 })
  return {
    kind: 'street',
    body:
      `<defs>${gradient('sky', [
        [0, high],
        [1, low],
      ])}${gradient('road', [
        [0, '#7d838c'],
        [1, '#6b7079'],
      ])}</defs>` +
      rectangle({ x: 0, y: 0, width, height: 420, fill: 'url(#sky)' }) +
      buildings +
      rectangle({ x: 0, y: 400, width, height: 62, fill: '#d9d5cc' }) +
      rectangle({ x: 0, y: 400, width, height: 5, fill: '#c4bfb3' }) +
      rectangle({ x: 0, y: 456, width, height: 8, fill: '#b9b4a8' }) +
      rectangle({ x: 0, y: 464, width, height: 112, fill: 'url(#road)' }) +
      dashes,
    zones: [
      {
        place: 'street',
        by: 'base',
        top: 424,
        bottom: 456,
        behind: [[217, 213, 204]],
        words: ['on the pavement', 'at the side of the street', 'in the street'],
      },
      {
        place: 'road',
        by: 'base',
        top: 492,
        bottom: 548,
        behind: [
          [116, 121, 130],
          [217, 213, 204],
        ],
        words: ['on the road', 'on the street'],
      },
      {
        place: 'sky',
        by: 'centre',
        top: 50,
        bottom: 120,
        behind: [
          [170, 214, 244],
          [225, 240, 248],
        ],
        words: ['in the sky', 'above the roofs'],
      },
    ],
    sizes: { tiny: 62, small: 92, medium: 140, large: 205, huge: 270 },
    farScale: 0.8,
    elements: ['sky', 'buildings', 'windows', 'pavement', 'road'],
    settings: [
      'a city street lined with pastel buildings',
      'a quiet street in front of a row of buildings',
      'a town street with colourful facades',
    ],
    shortSettings: ['on a city street', 'in the street', 'in town'],
    colours: ['grey'],
    shadow: 0.28,
  }
}
