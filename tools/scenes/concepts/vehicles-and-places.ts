import { COLOURS } from '../colour.ts'
import { block } from './concept.ts'

const ROAD = ['road'] as const
const ROAD_AND_LAND = ['road', 'meadow', 'desert', 'park'] as const

export const VEHICLES = [
  ...block(
    { kind: 'road vehicle', size: 'large', at: ROAD_AND_LAND, verb: 'is parked' },
    {
      car: { art: 'automobile', paint: COLOURS, near: 'car' },
      'sport utility vehicle': {
        art: 'sport-utility-vehicle',
        near: 'car',
        but: { fxemoji: 'recreationalvehicle' },
      },
      'pickup truck': { art: 'pickup-truck', near: 'truck' },
      taxi: { art: 'taxi', at: ROAD, near: 'car' },
      bus: { art: 'bus', size: 'huge', at: ROAD, near: 'bus' },
      minibus: { art: 'minibus', at: ROAD, near: 'bus' },
      trolleybus: { art: 'trolleybus', size: 'huge', at: ROAD, near: 'bus' },
      'police car': { art: 'police-car', at: ROAD, near: 'car' },
      ambulance: { art: 'ambulance', at: ROAD },
      'fire engine': { art: 'fire-engine', at: ROAD },
      'delivery truck': { art: 'delivery-truck', at: ROAD, near: 'truck' },
      'semi-trailer truck': { art: 'articulated-lorry', size: 'huge', at: ROAD, near: 'truck' },
      tractor: { art: 'tractor', at: ['meadow', 'park', 'desert'] },
      'racing car': { art: 'racing-car', but: { fxemoji: 'racecar' }, at: ['road', 'desert'] },
      'auto rickshaw': { art: 'auto-rickshaw', at: ROAD },
    },
  ),
  ...block(
    { kind: 'cycle', size: 'medium', at: ROAD_AND_LAND, verb: 'stands' },
    {
      bicycle: 'bicycle',
      motorcycle: { art: 'motorcycle', verb: 'is parked', but: { emojione: null } },
      'motor scooter': { art: 'motor-scooter', verb: 'is parked', near: 'scooter' },
      'kick scooter': { art: 'kick-scooter', near: 'scooter' },
      skateboard: {
        art: 'skateboard',
        size: 'small',
        verb: 'lies',
        at: ['road', 'room'],
        kind: 'toy',
      },
      sled: { art: 'sled', at: ['snow'], verb: 'lies', kind: 'toy' },
    },
  ),
  ...block(
    { kind: 'rail vehicle', size: 'large', at: ['meadow', 'snow', 'desert'], verb: 'stands' },
    {
      'steam locomotive': { art: 'locomotive', but: { fxemoji: 'steamlocomotive' } },
      'train car': { art: 'railway-car' },
    },
  ),
  ...block(
    { kind: 'boat', size: 'large', at: ['sea'], verb: 'rests' },
    {
      sailboat: { art: 'sailboat', but: { fluent: null, twemoji: null, fxemoji: null } },
      speedboat: {
        art: 'speedboat',
        near: 'motorboat',
        but: { fluent: null, twemoji: null, fxemoji: null },
      },
      motorboat: { art: 'motor-boat', near: 'motorboat', but: { fluent: null, twemoji: null } },
      ferry: { art: 'ferry', near: 'ship', but: { fluent: null, twemoji: null, emojione: null } },
      ship: { art: 'ship', near: 'ship', but: { fxemoji: null } },
      'cruise ship': { art: 'passenger-ship', near: 'ship' },
      canoe: { art: 'canoe', size: 'medium', but: { fxemoji: null } },
    },
  ),
  ...block(
    { kind: 'aircraft', size: 'medium', at: ['sky', 'night-sky'], verb: 'rests' },
    {
      airplane: { art: 'airplane', near: 'airplane' },
      'propeller plane': { art: 'small-airplane', near: 'airplane', but: { emojione: null } },
      helicopter: 'helicopter',
      rocket: 'rocket',
      'flying saucer': { art: 'flying-saucer', at: ['night-sky'] },
      parachute: { art: 'parachute', at: ['sky'] },
      satellite: { art: 'satellite', at: ['night-sky'] },
    },
  ),
]

export const BUILDINGS = [
  ...block(
    { kind: 'building', size: 'huge', at: ['meadow', 'snow', 'night', 'park'], verb: 'stands' },
    {
      house: { art: 'house', but: { fxemoji: 'housebuilding' }, near: 'house' },
      'house with a garden': {
        art: 'house-with-garden',
        plural: 'houses with gardens',
        plain: true,
        near: 'house',
      },
      hut: { art: 'hut', at: ['meadow', 'desert', 'beach'] },
      castle: { art: 'castle', but: { fxemoji: 'europeancastle' }, near: 'castle' },
      'Japanese castle': { art: 'japanese-castle', near: 'castle' },
      church: { art: 'church', plural: 'churches' },
      school: { art: 'school', at: ['street', 'meadow'], oneWay: true },
      hospital: { art: 'hospital', at: ['street', 'meadow'], oneWay: true },
      bank: { art: 'bank', at: ['street'], oneWay: true },
      hotel: { art: 'hotel', at: ['street', 'beach'], oneWay: true },
      factory: { art: 'factory', at: ['meadow', 'street'] },
      'convenience store': { art: 'convenience-store', at: ['street'], oneWay: true },
      'post office': {
        art: 'post-office',
        but: { fxemoji: 'europeanpostoffice' },
        at: ['street'],
        oneWay: true,
      },
      mosque: { art: 'mosque', at: ['desert', 'night'] },
      stadium: { art: 'stadium', at: ['meadow', 'park'] },
      'circus tent': { art: 'circus-tent', at: ['meadow', 'park', 'night'] },
      'ferris wheel': {
        art: 'ferris-wheel',
        at: ['meadow', 'park', 'night', 'beach'],
        but: { fxemoji: null },
      },
      'radio tower': { art: 'tokyo-tower', but: { fxemoji: null } },
      lighthouse: { art: 'lighthouse', at: ['beach'] },
      tent: {
        art: 'tent',
        size: 'large',
        at: ['meadow', 'beach', 'snow', 'night', 'desert'],
        but: { emojione: null, fxemoji: null, fluent: null },
      },
      fountain: {
        art: 'fountain',
        size: 'large',
        at: ['park', 'street'],
        kind: 'street object',
        but: { fxemoji: null },
      },
      'stone statue': {
        art: 'moai',
        but: { fxemoji: 'moyai', emojione: 'moai' },
        size: 'large',
        at: ['meadow', 'desert'],
        kind: 'street object',
      },
    },
  ),
]

export const SKY = [
  ...block(
    { kind: 'sky thing', size: 'medium', at: ['sky'], verb: 'rests' },
    {
      sun: { art: 'sun', but: { fxemoji: 'whitesun' }, plain: false },
      cloud: { art: 'cloud', plain: true, near: 'cloud' },
      'rain cloud': {
        art: 'cloud-with-rain',
        but: { fxemoji: 'raincloud' },
        plain: true,
        near: 'cloud',
      },
      rainbow: {
        art: 'rainbow',
        plain: true,
        size: 'large',
        but: { emojione: null, fxemoji: null },
      },
      'crescent moon': { art: 'crescent-moon', at: ['night-sky'], near: 'moon' },
      'full moon': { art: 'full-moon', at: ['night-sky'], near: 'moon' },
      'ringed planet': { art: 'ringed-planet', at: ['night-sky'] },
      comet: { art: 'comet', at: ['night-sky'], near: 'star' },
      'lightning bolt': {
        art: 'high-voltage',
        but: { fxemoji: 'bolt' },
        size: 'small',
        at: ['night-sky'],
      },
      balloon: { art: 'balloon', paint: COLOURS, at: ['sky', 'sky', 'night-sky'], kind: 'toy' },
      kite: { art: 'kite', plain: true, kind: 'toy' },
    },
  ),
]

const CITY = ['street'] as const

export const STREET_OBJECTS = [
  ...block(
    { kind: 'street object', size: 'medium', at: CITY, verb: 'stands' },
    {
      'traffic light': { art: 'vertical-traffic-light', plain: true },
      'stop sign': { art: 'stop-sign', oneWay: true, plain: false },
      'road barrier': { art: 'construction', plain: true, but: { fxemoji: 'constructionsign' } },
      mailbox: {
        art: 'closed-mailbox-with-raised-flag',
        but: { fxemoji: 'closedmailboxraised' },
        plural: 'mailboxes',
        at: ['street', 'meadow', 'park'],
        near: 'postbox',
      },
      postbox: { art: 'postbox', plural: 'postboxes', near: 'postbox' },
      'barber pole': { art: 'barber-pole', plain: true },
      'fuel pump': { art: 'fuel-pump' },
      'shopping cart': { art: 'shopping-cart' },
      'trash can': { art: 'wastebasket', plain: true },
      wheel: { art: 'wheel', at: ['street', 'room'] },
      anchor: { art: 'anchor', at: ['beach', 'seabed'], verb: 'lies' },
      'ring buoy': { art: 'ring-buoy', at: ['beach', 'sea'], verb: 'lies', plain: true },
      'beach umbrella': {
        art: 'umbrella-on-ground',
        at: ['beach'],
        size: 'large',
        plain: true,
        near: 'umbrella',
      },
      'carousel horse': {
        art: 'carousel-horse',
        at: ['park', 'meadow'],
        plain: true,
        but: { fxemoji: null },
      },
      snowman: {
        art: 'snowman',
        but: {
          fxemoji: null,
          noto: 'snowman-without-snow',
          fluent: 'snowman-without-snow',
          twemoji: 'snowman-without-snow',
        },
        plural: 'snowmen',
        size: 'large',
        at: ['snow'],
        plain: true,
        kind: 'figure',
      },
    },
  ),
]
