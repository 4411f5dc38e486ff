import { block } from './concept.ts'

const OUT = ['meadow', 'park', 'beach', 'street'] as const

export const PEOPLE = [
  ...block(
    { kind: 'person', size: 'large', at: OUT, verb: 'stands' },
    {
      'walking man': {
        art: 'man-walking',
        plural: 'walking men',
        plain: true,
        near: 'walker',
        but: { fxemoji: 'walking' },
      },
      'walking woman': {
        art: 'woman-walking',
        plural: 'walking women',
        plain: true,
        near: 'walker',
      },
      'running man': {
        art: 'man-running',
        plural: 'running men',
        plain: true,
        near: 'walker',
        but: { fxemoji: null },
      },
      'running woman': {
        art: 'woman-running',
        plural: 'running women',
        plain: true,
        near: 'walker',
      },
      'dancing woman': {
        art: 'woman-dancing',
        plural: 'dancing women',
        plain: true,
        at: ['room', 'street', 'park'],
        but: { fxemoji: 'dancer' },
      },
      'dancing man': {
        art: 'man-dancing',
        plural: 'dancing men',
        plain: true,
        at: ['room', 'street', 'park'],
      },
      cyclist: {
        art: 'person-biking',
        plain: true,
        at: ['road', 'meadow', 'park'],
        but: { fxemoji: null },
      },
      surfer: { art: 'person-surfing', plain: true, at: ['sea'] },
      skier: { art: 'skier', plain: true, at: ['snow'] },
      snowboarder: {
        art: 'snowboarder',
        plain: true,
        at: ['snow'],
        but: { emojione: null, fluent: null },
      },
      golfer: { art: 'person-golfing', plain: true, at: ['meadow', 'park'] },
      'meditating person': {
        art: 'person-in-lotus-position',
        plural: 'meditating people',
        plain: true,
        at: ['meadow', 'beach', 'room'],
        verb: 'sits',
      },
    },
  ),
  ...block(
    { kind: 'figure', size: 'medium', at: ['night'], verb: 'stands' },
    {
      ghost: { art: 'ghost', at: ['night-sky', 'night'], plain: true },
      mermaid: { art: 'mermaid', at: ['underwater'], plain: true, size: 'large' },
    },
  ),
]
