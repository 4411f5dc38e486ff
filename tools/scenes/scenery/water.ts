import type { DrawScenery, Scenery } from './scenery.ts'
import { glow, gradient, hill, n, rectangle, REFERENCE_HEIGHT } from './scenery.ts'

export const drawBeach: DrawScenery = ({ width, random }): Scenery => {
  const [high, low] = random.pick([
    ['#6fc3f2', '#dff3fc'],
    ['#7cc8ee', '#fdeedd'],
    ['#f3b48b', '#fde7cb'],
    ['#88cdf0', '#eef8fd'],
  ] as const)
  const [deep, shallow] = random.pick([
    ['#2f8fc4', '#6fcbd6'],
    ['#2a7fb8', '#5fbfd0'],
    ['#2b9aa8', '#7fd8cf'],
  ] as const)
  const waves = Array.from({ length: 16 }, () => {
    const y = random.between(268, 372)
    const length = random.between(26, 70) * (0.5 + (y - 268) / 104)
    const x = random.between(-20, width)
    return `M${n(x)} ${n(y)}q${n(length / 4)} -4 ${n(length / 2)} 0t${n(length / 2)} 0`
  }).join('')
  const speckles = Array.from({ length: 40 }, () => {
    const fill = random.pick(['#cfa869', '#fff3d6', '#d9b57a'])
    return `<circle cx="${n(random.between(0, width))}" cy="${n(random.between(424, 574))}" r="${n(random.between(1, 2.2))}" fill="${fill}"/>`
  }).join('')
  return {
    kind: 'beach',
    body:
      `<defs>${gradient('sky', [
        [0, high],
        [1, low],
      ])}${gradient('sea', [
        [0, deep],
        [1, shallow],
      ])}${gradient('sand', [
        [0, '#f6e2b3'],
        [1, '#e8c88a'],
      ])}</defs>` +
      rectangle({ x: 0, y: 0, width, height: 258, fill: 'url(#sky)' }) +
      rectangle({ x: 0, y: 256, width, height: 170, fill: 'url(#sea)' }) +
      `<path d="${waves}" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" opacity=".5"/>` +
      hill({ width, y: 386, swing: 8, fill: '#fdfbf2', random: random }) +
      hill({ width, y: 398, swing: 8, fill: 'url(#sand)', random: random }) +
      speckles,
    zones: [
      {
        place: 'beach',
        by: 'base',
        top: 424,
        bottom: 548,
        behind: [
          [246, 226, 179],
          [232, 204, 146],
        ],
        words: ['on the sand', 'on the beach', 'on the sandy beach'],
      },
      {
        place: 'sea',
        by: 'base',
        top: 300,
        bottom: 366,
        behind: [
          [70, 160, 200],
          [95, 190, 208],
        ],
        words: ['on the water', 'on the sea', 'on the blue water'],
      },
      {
        place: 'sky',
        by: 'centre',
        top: 55,
        bottom: 185,
        behind: [
          [140, 205, 242],
          [225, 240, 248],
        ],
        words: ['in the sky'],
      },
    ],
    sizes: { tiny: 60, small: 90, medium: 135, large: 190, huge: 270 },
    farScale: 0.78,
    elements: ['sky', 'sea', 'sand', 'beach'],
    settings: [
      'a sandy beach by the sea',
      'a beach with the calm sea behind it',
      'the seaside, with a sandy beach and blue water',
    ],
    shortSettings: ['on the beach', 'by the sea', 'at the seaside'],
    colours: ['blue', 'yellow'],
    shadow: 0.24,
  }
}

export const drawUnderwater: DrawScenery = ({ width, random }): Scenery => {
  const [high, middle, low] = random.pick([
    ['#7fd4ea', '#3b9fcb', '#1f6fa8'],
    ['#8fe0dc', '#3fb0b8', '#1f7d96'],
    ['#8cc9f2', '#4a90d0', '#2b62a6'],
  ] as const)
  const rays = Array.from({ length: 5 }, () => {
    const x = random.between(-60, width)
    const lean = random.between(60, 140)
    const wide = random.between(24, 60)
    return `M${n(x)} 0h${n(wide)}l${n(lean + wide * 0.8)} 470h${n(-wide * 2.2)}Z`
  }).join('')
  const bubbles = Array.from({ length: 26 }, () => {
    const radius = random.between(1.6, 5.5)
    return `<circle cx="${n(random.between(0, width))}" cy="${n(random.between(30, 430))}" r="${n(radius)}" fill="#fff" fill-opacity=".12" stroke="#fff" stroke-opacity=".45" stroke-width="1.2"/>`
  }).join('')
  return {
    kind: 'underwater',
    body:
      `<defs>${gradient('sky', [
        [0, high],
        [0.5, middle],
        [0.95, low],
      ])}${gradient('sand', [
        [0, '#e5d3a1'],
        [1, '#cdb47c'],
      ])}</defs>` +
      rectangle({ x: 0, y: 0, width, height: REFERENCE_HEIGHT, fill: 'url(#sky)' }) +
      `<path d="${rays}" fill="#fff" opacity=".1"/>` +
      bubbles +
      hill({ width, y: 448, swing: 18, fill: '#b9a878', random }) +
      hill({ width, y: 474, swing: 10, fill: 'url(#sand)', random }) +
      glow({ id: 'g', x: width * 0.5, y: 0, radius: 340, colour: '#ffffff', opacity: 0.35 }),
    zones: [
      {
        place: 'underwater',
        by: 'centre',
        top: 85,
        bottom: 390,
        behind: [
          [74, 144, 200],
          [60, 160, 195],
        ],
        words: ['in the blue water', 'under water', 'in the clear water'],
      },
      {
        place: 'seabed',
        by: 'base',
        top: 494,
        bottom: 552,
        behind: [
          [229, 211, 161],
          [205, 180, 124],
        ],
        words: ['on the sandy sea floor', 'on the sea floor', 'on the seabed'],
      },
    ],
    sizes: { tiny: 64, small: 98, medium: 142, large: 205, huge: 250 },
    farScale: 0.85,
    elements: ['water', 'bubbles', 'light rays', 'sandy sea floor'],
    settings: [
      'an underwater scene with a sandy sea floor',
      'clear blue water with rising bubbles',
      'the sea floor under clear water',
    ],
    shortSettings: ['under water', 'in the sea', 'underwater'],
    colours: ['blue'],
    shadow: 0.2,
  }
}
