import type { Random } from '../random.ts'
import { COUNTRY_ZONE, OUTDOOR_SIZES, SKY_ZONE, skyOf, tufts } from './land.ts'
import type { DrawScenery, Scenery } from './scenery.ts'
import { glow, hill, n } from './scenery.ts'

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

/** Rounded autumn bushes along a line, in two rows. */
function bushes(width: number, random: Random): string {
  let body = ''
  for (const [y, size] of [
    [338, 26],
    [366, 34],
  ] as const) {
    for (
      let x = random.between(-20, 20);
      x < width + 30;
      x += random.between(size * 0.9, size * 3.2)
    ) {
      const radius = size * random.between(0.75, 1.25)
      const fill = random.pick(['#d98a3d', '#c9702f', '#e3aa45', '#b5592d', '#cf9a3a', '#9aa347'])
      body +=
        `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(radius * 1.15)}" ry="${n(radius)}" fill="${fill}"/>` +
        `<ellipse cx="${n(x - radius * 0.25)}" cy="${n(y - radius * 0.3)}" rx="${n(radius * 0.6)}" ry="${n(radius * 0.45)}" fill="#fff" opacity=".12"/>`
    }
  }
  return body
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
      bushes(width, random) +
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
    elements: ['sky', 'hills', 'bushes', 'path', 'fallen leaves', 'park'],
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
