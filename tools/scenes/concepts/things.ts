import { COLOURS } from '../colour.ts'
import { block } from './concept.ts'

const FLOOR = ['room'] as const
const TABLE = ['table'] as const
const HOME = ['table', 'room'] as const
const PLAY = ['room', 'meadow', 'beach', 'park', 'table'] as const

export const TOYS = [
  ...block(
    { kind: 'ball', size: 'small', at: PLAY, verb: 'lies' },
    {
      'soccer ball': { art: 'soccer-ball', plain: true },
      basketball: { art: 'basketball', but: { emojione: null, fxemoji: null } },
      football: { art: 'american-football' },
      'rugby ball': { art: 'rugby-football', plain: true, near: 'football' },
      baseball: { art: 'baseball', plain: true, near: 'baseball' },
      softball: { art: 'softball', near: 'baseball' },
      volleyball: { art: 'volleyball', plain: true },
      'billiard ball': {
        art: 'pool-8-ball',
        but: { fxemoji: 'billiards' },
        at: HOME,
        oneWay: true,
      },
    },
  ),
  ...block(
    { kind: 'toy', size: 'small', at: HOME, verb: 'lies' },
    {
      'teddy bear': { art: 'teddy-bear', size: 'medium', verb: 'sits' },
      die: { art: 'game-die', plural: 'dice', plain: true, but: { fxemoji: null } },
      'puzzle piece': { art: 'puzzle-piece' },
      'yo-yo': { art: 'yo-yo' },
      'nesting doll': { art: 'nesting-dolls', plain: true, verb: 'stands' },
      boomerang: { art: 'boomerang', at: ['beach', 'desert', 'table'] },
      frisbee: { art: 'flying-disc', at: ['beach', 'meadow', 'park'] },
    },
  ),
  ...block(
    { kind: 'prize', size: 'small', at: HOME, verb: 'stands' },
    {
      trophy: 'trophy',
      'gold medal': { art: 'sports-medal', verb: 'lies', plain: true },
      dartboard: { art: 'bullseye', but: { fxemoji: 'directhit' }, at: ['wall'], plain: true },
      crown: { art: 'crown', verb: 'lies', kind: 'hat' },
      ring: { art: 'ring', verb: 'lies', kind: 'household', at: TABLE },
      gemstone: {
        art: 'gem-stone',
        but: { fxemoji: 'gem' },
        verb: 'lies',
        at: TABLE,
        kind: 'household',
      },
      coin: { art: 'coin', verb: 'lies', at: TABLE, kind: 'household' },
      'bag of money': {
        art: 'money-bag',
        plural: 'bags of money',
        at: TABLE,
        plain: true,
        kind: 'bag',
      },
      'crystal ball': { art: 'crystal-ball', at: TABLE, kind: 'household' },
    },
  ),
  ...block(
    { kind: 'instrument', size: 'medium', at: FLOOR, verb: 'stands' },
    {
      guitar: { art: 'guitar', near: 'guitar' },
      banjo: { art: 'banjo', plural: 'banjos', near: 'guitar' },
      violin: { art: 'violin', near: 'guitar', at: HOME, verb: 'lies' },
      trumpet: { art: 'trumpet', at: HOME, verb: 'lies' },
      saxophone: 'saxophone',
      drum: { art: 'drum', but: { openmoji: null } },
      'tall drum': { art: 'long-drum', near: 'drum' },
      accordion: { art: 'accordion' },
      'piano keyboard': { art: 'musical-keyboard', plain: true },
      flute: { art: 'flute', at: TABLE, verb: 'lies' },
      harp: 'harp',
      microphone: { art: 'microphone', at: HOME, verb: 'lies' },
    },
  ),
]

export const CLOTHES = [
  ...block(
    { kind: 'garment', size: 'small', at: HOME, verb: 'lies' },
    {
      't-shirt': { art: 't-shirt', but: { fxemoji: null }, paint: COLOURS, near: 'shirt' },
      'pair of jeans': { art: 'jeans', plural: 'pairs of jeans', plain: true },
      dress: { art: 'dress', paint: COLOURS, near: 'dress' },
      kimono: { art: 'kimono', plural: 'kimonos', plain: true, near: 'dress' },
      coat: { art: 'coat' },
      'pair of socks': {
        art: 'socks',
        plural: 'pairs of socks',
        plain: true,
        but: { openmoji: null },
      },
      'pair of gloves': { art: 'gloves', plural: 'pairs of gloves', plain: true },
      scarf: { art: 'scarf', plural: 'scarves', paint: COLOURS },
      'shirt and tie': {
        art: 'necktie',
        but: { fxemoji: 'tie' },
        plain: true,
        plural: 'shirts and ties',
        near: 'shirt',
      },
      umbrella: {
        art: 'umbrella',
        paint: COLOURS,
        near: 'umbrella',
        at: ['room', 'beach', 'street'],
        but: { fxemoji: null },
        kind: 'household',
      },
    },
  ),
  ...block(
    { kind: 'hat', size: 'small', at: HOME, verb: 'lies' },
    {
      'top hat': 'top-hat',
      cap: { art: 'billed-cap', paint: COLOURS, near: 'cap' },
      'graduation cap': { art: 'graduation-cap', near: 'cap' },
      "woman's hat": { art: 'womans-hat', plural: "women's hats" },
      helmet: { art: 'rescue-workers-helmet', plain: true },
    },
  ),
  ...block(
    { kind: 'shoe', size: 'small', at: HOME, verb: 'lies' },
    {
      sneaker: { art: 'running-shoe', but: { fxemoji: null } },
      'high-heeled shoe': { art: 'high-heeled-shoe', but: { fxemoji: 'heels' }, near: 'heel' },
      boot: { art: 'womans-boot', but: { fxemoji: 'boot' }, near: 'boot' },
      'hiking boot': { art: 'hiking-boot', near: 'boot' },
      "man's shoe": { art: 'mans-shoe', but: { fxemoji: 'mensshoe' }, plural: "men's shoes" },
      sandal: { art: 'womans-sandal', but: { fxemoji: 'sandals' }, near: 'heel' },
      'ice skate': { art: 'ice-skate', at: ['room', 'snow'] },
      'roller skate': { art: 'roller-skate', at: ['room', 'street'] },
    },
  ),
  ...block(
    { kind: 'bag', size: 'small', at: HOME, verb: 'stands' },
    {
      backpack: { art: 'backpack', but: { fxemoji: 'schoolsatchel' } },
      handbag: { art: 'handbag', near: 'handbag' },
      purse: { art: 'purse', near: 'handbag', verb: 'lies' },
      briefcase: { art: 'briefcase' },
      suitcase: { art: 'luggage', size: 'medium', at: ['room', 'street'] },
    },
  ),
]

export const SHAPES = [
  ...block(
    { kind: 'shape', size: 'medium', at: ['studio'], verb: 'rests' },
    {
      heart: {
        art: 'red-heart',
        but: { fxemoji: 'redheart', emojione: 'red-heart' },
        paint: COLOURS,
      },
      star: {
        art: 'star',
        but: { fxemoji: 'whitemediumstar' },
        paint: COLOURS,
        at: ['studio', 'night-sky'],
      },
      circle: {
        art: 'red-circle',
        but: { fxemoji: 'largeredcircle' },
        paint: COLOURS,
        oneWay: true,
      },
      square: { art: 'red-square', paint: COLOURS, oneWay: true },
    },
  ),
]
