import { COUNTRY_ZONE, OUTDOOR_SIZES, SKY_ZONE, skyOf, tufts } from './land.ts'
import type { DrawScenery, Scenery } from './scenery.ts'
import { hill, n } from './scenery.ts'

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
