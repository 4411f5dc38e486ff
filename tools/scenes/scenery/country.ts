import type { Random } from '../random.ts'
import type { DrawScenery, Scenery } from './scenery.ts'
import { glow, gradient, hill, n, rectangle, REFERENCE_HEIGHT } from './scenery.ts'

const OUTDOOR_SIZES = { tiny: 64, small: 96, medium: 142, large: 205, huge: 285 } as const
const COUNTRY_ZONE = { by: 'base', top: 408, bottom: 545 } as const
const SKY_ZONE = { by: 'centre', top: 62, bottom: 215 } as const

function skyOf(width: number, stops: readonly (readonly [number, string])[]): string {
  return `<defs>${gradient('sky', stops)}</defs>${rectangle({ x: 0, y: 0, width, height: REFERENCE_HEIGHT, fill: 'url(#sky)' })}`
}

function tufts(width: number, random: Random, colour: string): string {
  let path = ''
  for (let index = 0; index < 22; index += 1) {
    const x = random.between(0, width)
    const y = random.between(440, 566)
    const size = 4 + ((y - 440) / 126) * 5
    path += `M${n(x)} ${n(y)}q${n(-size * 0.3)} ${n(-size)} ${n(-size * 0.8)} ${n(-size * 1.2)}M${n(x)} ${n(y)}v${n(-size * 1.6)}M${n(x)} ${n(y)}q${n(size * 0.3)} ${n(-size)} ${n(size * 0.8)} ${n(-size * 1.2)}`
  }
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.2" stroke-linecap="round" opacity=".55"/>`
}

export const drawMeadow: DrawScenery = ({ width, random }): Scenery => {
  const [high, low] = random.pick([
    ['#7fc4f7', '#e3f4fe'],
    ['#8fcdf3', '#fdf3dc'],
    ['#6db7ef', '#d4ecfb'],
    ['#9bd3f5', '#f7f0ff'],
  ] as const)
  const [far, middle, near, dark] = random.pick([
    ['#b9dd9a', '#9fd07c', '#84bf63', '#5f9e45'],
    ['#c3e0a0', '#a8d582', '#8fc76a', '#66a549'],
    ['#a9d8a8', '#8ccb8a', '#70b872', '#4f9656'],
  ] as const)
  return {
    kind: 'meadow',
    body:
      skyOf(width, [
        [0, high],
        [0.62, low],
      ]) +
      glow({
        id: 'g',
        x: width * random.between(0.2, 0.8),
        y: 300,
        radius: 300,
        colour: '#ffffff',
        opacity: 0.55,
      }) +
      hill({ width, y: 318, swing: 26, fill: far, random }) +
      hill({ width, y: 352, swing: 22, fill: middle, random }) +
      hill({ width, y: 388, swing: 12, fill: near, random }) +
      tufts(width, random, dark),
    zones: [
      {
        ...COUNTRY_ZONE,
        place: 'meadow',
        behind: [
          [143, 199, 106],
          [168, 213, 130],
        ],
        words: ['on the grass', 'in the meadow', 'on the green grass'],
      },
      {
        ...SKY_ZONE,
        place: 'sky',
        behind: [
          [150, 208, 246],
          [220, 240, 252],
        ],
        words: ['in the sky', 'in the blue sky'],
      },
    ],
    sizes: OUTDOOR_SIZES,
    farScale: 0.74,
    elements: ['sky', 'hills', 'grass', 'meadow'],
    settings: [
      'a green meadow with rolling hills',
      'a grassy meadow under a clear blue sky',
      'green hills under a light blue sky',
    ],
    shortSettings: ['in a meadow', 'in a green meadow', 'in front of green hills'],
    colours: ['green', 'blue'],
    shadow: 0.26,
  }
}

function leaves(width: number, random: Random): string {
  let body = ''
  for (let index = 0; index < 46; index += 1) {
    const y = random.between(420, 570)
    const size = 2.5 + ((y - 420) / 150) * 3.5
    const fill = random.pick(['#d9772b', '#c4552a', '#e9a53a', '#b9472c'])
    const x = random.between(0, width)
    body += `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(size * 1.5)}" ry="${n(size * 0.75)}" fill="${fill}" opacity=".75" transform="rotate(${random.integer(-40, 40)} ${n(x)} ${n(y)})"/>`
  }
  return body
}

export const drawPark: DrawScenery = ({ width, random }): Scenery => {
  const [high, low] = random.pick([
    ['#a8d3ea', '#fdf0d9'],
    ['#bcd7e8', '#fbe6cc'],
    ['#9fcbe2', '#fff4e2'],
  ] as const)
  const [far, middle, near] = random.pick([
    ['#f0c98a', '#e7b76a', '#dba955'],
    ['#ecc79a', '#dfb175', '#d3a160'],
    ['#e9d08c', '#dcbf6c', '#cfae58'],
  ] as const)
  const x = width * random.between(0.25, 0.75)
  return {
    kind: 'park',
    body:
      skyOf(width, [
        [0, high],
        [0.62, low],
      ]) +
      hill({ width, y: 322, swing: 24, fill: far, random }) +
      hill({ width, y: 356, swing: 18, fill: middle, random }) +
      hill({ width, y: 390, swing: 10, fill: near, random }) +
      `<path d="M${n(x - 12)} 402C${n(x + 40)} 440 ${n(x - 120)} 470 ${n(x - 130)} 576H${n(x + 130)}C${n(x + 100)} 480 ${n(x + 80)} 440 ${n(x + 12)} 402Z" fill="#f3e3c3" opacity=".85"/>` +
      leaves(width, random),
    zones: [
      {
        ...COUNTRY_ZONE,
        place: 'park',
        behind: [
          [219, 175, 96],
          [231, 190, 120],
        ],
        words: ['in the park', 'on the ground', 'among the fallen leaves'],
      },
      {
        ...SKY_ZONE,
        place: 'sky',
        behind: [
          [180, 212, 232],
          [240, 236, 220],
        ],
        words: ['in the sky', 'in the pale sky'],
      },
    ],
    sizes: OUTDOOR_SIZES,
    farScale: 0.74,
    elements: ['sky', 'hills', 'path', 'fallen leaves', 'park'],
    settings: [
      'an autumn park with a winding path',
      'a golden park strewn with fallen leaves',
      'an autumn park with golden hills',
    ],
    shortSettings: ['in an autumn park', 'in a park', 'in the park in autumn'],
    colours: ['orange', 'yellow', 'brown'],
    shadow: 0.24,
  }
}

export const drawDesert: DrawScenery = ({ width, random }): Scenery => {
  const [high, low] = random.pick([
    ['#7cc3ec', '#fde9c9'],
    ['#8fcbe8', '#fbdcb8'],
    ['#f2b27c', '#fde6c4'],
  ] as const)
  const [far, middle, near] = random.pick([
    ['#eccb93', '#e7bf80', '#dfb272'],
    ['#f0c99a', '#e8b983', '#dea96f'],
  ] as const)
  const ripples = Array.from({ length: 9 }, () => {
    const x = random.between(-40, width)
    const y = random.between(430, 566)
    const length = random.between(60, 170)
    return `M${n(x)} ${n(y)}q${n(length / 4)} -7 ${n(length / 2)} 0t${n(length / 2)} 0`
  }).join('')
  return {
    kind: 'desert',
    body:
      skyOf(width, [
        [0, high],
        [0.6, low],
      ]) +
      hill({ width, y: 326, swing: 34, fill: far, random }) +
      hill({ width, y: 360, swing: 26, fill: middle, random }) +
      hill({ width, y: 392, swing: 10, fill: near, random }) +
      `<path d="${ripples}" fill="none" stroke="#c8955a" stroke-width="2.4" stroke-linecap="round" opacity=".5"/>`,
    zones: [
      {
        ...COUNTRY_ZONE,
        place: 'desert',
        behind: [
          [223, 178, 114],
          [231, 191, 128],
        ],
        words: ['on the sand', 'in the desert', 'among the dunes'],
      },
      {
        ...SKY_ZONE,
        place: 'sky',
        behind: [
          [140, 200, 232],
          [245, 225, 200],
        ],
        words: ['in the sky'],
      },
    ],
    sizes: OUTDOOR_SIZES,
    farScale: 0.74,
    elements: ['sky', 'sand', 'dunes', 'desert'],
    settings: ['a desert with sandy dunes', 'sand dunes under a warm sky', 'a wide sandy desert'],
    shortSettings: ['in the desert', 'in front of sand dunes', 'in a sandy desert'],
    colours: ['brown', 'orange', 'yellow'],
    shadow: 0.26,
  }
}

export const drawSnow: DrawScenery = ({ width, random }): Scenery => {
  const [high, low] = random.pick([
    ['#8ebbe0', '#e9f2fa'],
    ['#9fb6dc', '#f4ecf6'],
    ['#7fb2d8', '#e2f1f8'],
  ] as const)
  const flakes = Array.from({ length: 60 }, () => {
    const size = random.between(1.3, 3.4)
    return `<circle cx="${n(random.between(0, width))}" cy="${n(random.between(0, 400))}" r="${n(size)}" fill="#fff" opacity=".8"/>`
  }).join('')
  return {
    kind: 'snow',
    body:
      skyOf(width, [
        [0, high],
        [0.6, low],
      ]) +
      hill({ width, y: 316, swing: 34, fill: '#cfdfee', random }) +
      hill({ width, y: 354, swing: 24, fill: '#deeaf5', random }) +
      hill({ width, y: 390, swing: 10, fill: '#eef5fb', random }) +
      flakes,
    zones: [
      {
        ...COUNTRY_ZONE,
        place: 'snow',
        behind: [
          [238, 245, 251],
          [222, 234, 245],
        ],
        words: ['in the snow', 'on the snow', 'on the snowy ground'],
      },
      {
        ...SKY_ZONE,
        place: 'sky',
        behind: [
          [160, 196, 226],
          [225, 236, 246],
        ],
        words: ['in the sky', 'in the wintry sky'],
      },
    ],
    sizes: OUTDOOR_SIZES,
    farScale: 0.74,
    elements: ['sky', 'snow', 'hills', 'falling snow'],
    settings: [
      'a snowy landscape with white hills',
      'snow-covered hills with falling snow',
      'a winter landscape covered in snow',
    ],
    shortSettings: ['in the snow', 'in a snowy landscape', 'on a winter day in the snow'],
    colours: ['white', 'blue'],
    shadow: 0.2,
  }
}

export const drawNight: DrawScenery = ({ width, random }): Scenery => {
  const [high, middle, low] = random.pick([
    ['#0f1a3d', '#25356f', '#5a5f9e'],
    ['#12163a', '#2f2f69', '#6f5a98'],
    ['#0b2038', '#1d4062', '#4a7590'],
  ] as const)
  const stars = Array.from({ length: 80 }, () => {
    const y = random.between(0, 330)
    return `<circle cx="${n(random.between(0, width))}" cy="${n(y)}" r="${n(random.between(0.6, 1.9))}" fill="#fff" opacity="${n(random.between(0.35, 0.95))}"/>`
  }).join('')
  return {
    kind: 'night',
    body:
      skyOf(width, [
        [0, high],
        [0.4, middle],
        [0.66, low],
      ]) +
      stars +
      hill({ width, y: 326, swing: 30, fill: '#35466f', random }) +
      hill({ width, y: 358, swing: 22, fill: '#2f4f62', random }) +
      hill({ width, y: 390, swing: 10, fill: '#3a6457', random }) +
      tufts(width, random, '#1f4238'),
    zones: [
      {
        ...COUNTRY_ZONE,
        place: 'night',
        behind: [
          [58, 100, 87],
          [47, 79, 98],
        ],
        words: ['on the dark grass', 'on the hill', 'on the grass'],
      },
      {
        ...SKY_ZONE,
        place: 'night-sky',
        behind: [
          [37, 53, 111],
          [60, 70, 130],
        ],
        words: ['in the night sky', 'in the starry sky'],
      },
    ],
    sizes: OUTDOOR_SIZES,
    farScale: 0.74,
    elements: ['night sky', 'stars', 'hills', 'grass'],
    settings: [
      'dark hills under a starry night sky',
      'a hilly landscape at night',
      'a starry night over dark hills',
    ],
    shortSettings: ['at night', 'under a starry sky', 'under the night sky'],
    colours: ['blue', 'black', 'green'],
    shadow: 0.34,
  }
}
