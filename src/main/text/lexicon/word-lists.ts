/** Closed lists that decide how a word of a caption is read. All in lower case; phrases with single spaces. */

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''))
}

function phrases(list: string): readonly (readonly string[])[] {
  return list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(' '))
}

export const COLOURS = words(`
  red green blue yellow orange purple violet pink brown black white gray grey beige tan cream ivory gold golden silver
  bronze copper turquoise teal cyan magenta maroon navy olive lavender burgundy crimson scarlet khaki peach coral amber
  indigo charcoal mauve lilac mustard rust aqua blonde blond brunette colorful colourful multicolored multicoloured`)

/** Words that make a shade of the colour after them: "light blue" is one attribute. */
export const SHADES = words(
  'light dark bright pale deep dull vivid neon pastel medium royal sky lime navy hot baby forest mint rose jet off',
)

export const MATERIALS = words(`
  wood wooden metal metallic steel iron brass aluminum aluminium tin chrome copper bronze gold silver glass plastic
  rubber leather cotton wool woolen silk denim linen velvet lace cloth fabric canvas nylon paper cardboard ceramic
  porcelain clay brick stone marble granite concrete cement asphalt tile wicker bamboo straw fur suede felt fleece
  crystal foam wire mesh gravel dirt sand`)

const NUMBER_VALUES: readonly (readonly [string, number])[] = [
  ['zero', 0],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['eleven', 11],
  ['twelve', 12],
  ['thirteen', 13],
  ['fourteen', 14],
  ['fifteen', 15],
  ['sixteen', 16],
  ['seventeen', 17],
  ['eighteen', 18],
  ['nineteen', 19],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
  ['ninety', 90],
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['dozen', 12],
]
export const NUMBERS: ReadonlyMap<string, number> = new Map(NUMBER_VALUES)

/** Counts that are no number. */
export const QUANTIFIERS = words(
  'several many few multiple numerous countless both dozens hundreds thousands',
)

/** "A group of elephants": the elephants are the thing, the group says how many. */
export const MEASURES = words(`
  group bunch pair couple set number lot lots cluster piece pieces slice slices pile piles stack stacks bundle herd
  flock swarm pack series variety collection array assortment row rows line lines roll rolls bit half part parts
  portion section type types kind kinds sort sorts amount plenty handful pairs groups bunches clusters sets dozens
  hundreds thousands loads ton tons crowd school strip sheet shot species fleet batch mass majority rest dozen`)

/** Parts of a place: "the side of the road" is about the road. */
export const REGIONS = words(`
  side sides top bottom back front middle center centre left right inside outside end ends edge edges corner
  corners foreground background rear distance underside tip base bank middle surface interior exterior`)

/** Nouns that speak of the picture, or of nothing that can be seen. */
export const VAGUE_NOUNS = words(`
  image images picture pictures photo photos photograph photographs pic pics snapshot view scene scenery
  background foreground composition shot close-up closeup setting backdrop something anything nothing everything someone anyone everyone nobody thing things stuff
  way ways kind sort type bit part parts number amount variety series time moment moments day days
  overall focus emphasis detail details appearance look style theme aspect aspects effect effects manner fact
  attention contrast depth dimension balance experience idea concept purpose reason result case example instance point lack presence absence use
  distance left right front side top bottom middle center centre end inside outside others other one ones
  activity action movement motion position direction shape size color colors colour colours height length width`)

/** Nouns of mood: with what is said of them, nobody can check them. */
export const MOOD_NOUNS = words(`
  atmosphere ambiance ambience mood feel feeling feelings sense touch vibe vibes impression beauty charm elegance
  warmth harmony tranquility tranquillity serenity calmness energy excitement joy happiness love passion adventure
  mystery nostalgia wonder memory memories aura allure essence spirit relaxation comfort`)

/** Vague nouns that are a thing of their own unless the words around speak of the picture itself. */
export const PICTURE_NOUNS = words(
  'image images picture pictures photo photos photograph photographs pic pics snapshot shot view scene',
)

/** Adjectives of taste and mood: nobody can check them. */
export const OPINIONS = words(`
  beautiful lovely stunning gorgeous pretty nice amazing awesome wonderful fantastic great good best better perfect
  cute adorable charming elegant stylish attractive handsome delightful enchanting captivating picturesque
  breathtaking magnificent majestic serene peaceful tranquil calm cozy cosy inviting welcoming warm vibrant lively
  dramatic mysterious romantic nostalgic whimsical magical dreamy dynamic impressive remarkable interesting unique special
  important famous popular fresh delicious tasty yummy appetizing comfortable relaxing relaxed fun funny exciting
  joyful cheerful festive playful intimate luxurious modern-looking creative artistic aesthetic memorable
  incredible fabulous terrific superb excellent exquisite ideal iconic timeless harmonious striking
  eye-catching cool bad ugly awful terrible weird strange boring sad-looking`)

/** Adjectives that say nothing about the picture, or only point. */
export const EMPTY_ADJECTIVES = words(`
  other own same such certain another each every much more most less least main actual real very able due next
  last first overall general typical likely possible several many few various particular specific whole
  entire only available new-in`)

/** First words of clauses that say why, or what somebody concludes: nobody can check the rest of the sentence. */
export const CAUSE_PHRASES = phrases(`
  because
  due to
  in order to
  so that
  so as to
  as if
  as though
  suggesting
  indicating
  implying
  symbolizing
  symbolising
  evoking
  conveying
  hinting at
  possibly because
  creating a
  creating an
  adding a
  adding an
  adding to
  giving it
  giving the
  giving off
  lending a
  which suggests
  which indicates
  making it`)

export const HEDGES = phrases(`
  possibly
  probably
  perhaps
  maybe
  likely
  presumably
  apparently
  seemingly
  most likely
  appears to be
  appear to be
  appears to have
  seems to be
  seem to be
  seems to
  might be
  may be
  could be
  it seems
  it appears
  i think`)

/** Days, months and parts of time; a picture rarely proves them. */
export const TIME_WORDS = words(`
  today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march april june
  july august september october november december weekend recently currently soon always never often sometimes
  jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.
  usually ago annual annually weekly daily`)

/** Prepositions of more than one word; the longest that fits is taken. */
export const PREPOSITION_PHRASES = phrases(`
  on top of
  on the top of
  at the top of
  in front of
  in the front of
  at the front of
  in back of
  in the back of
  at the back of
  on the back of
  on back of
  in the middle of
  in middle of
  in the center of
  in the centre of
  in center of
  at the center of
  on the side of
  on side of
  on the sides of
  at the side of
  by the side of
  to the side of
  along the side of
  on the left side of
  on the right side of
  on the other side of
  on each side of
  on either side of
  on both sides of
  to the left of
  to the right of
  on the left of
  on the right of
  at the bottom of
  on the bottom of
  in the bottom of
  at the end of
  on the end of
  at the edge of
  on the edge of
  on edge of
  along the edge of
  in the corner of
  on the corner of
  on corner of
  in corner of
  on the front of
  on the inside of
  on the outside of
  on the edges of
  on the surface of
  at the foot of
  at the base of
  at the rear of
  at the entrance of
  next to
  close to
  adjacent to
  out of
  inside of
  outside of
  off of
  because of
  along with
  together with
  away from
  as well as
  side by side with
  up against
  over to
  on to
  top of
  side of
  front of
  back of
  inside of
  bottom of
  middle of
  center of
  centre of
  edge of
  end of
  corner of
  in the background of
  in the foreground of
  in the distance
  in the background
  in the foreground
  on the left
  on the right
  on the left side
  on the right side
  in the middle
  in the center
  on top
  in front
  on the side
  in the back
  in the air
  at the bottom
  at the top
  at the end
  at the front
  at the back
  to the left
  to the right
  on left
  on right
  in background
  in distance
  on side`)

export const PREPOSITIONS = words(`
  in on at under over above below beneath underneath behind beside besides between among amid against along alongside
  around across through inside outside into onto near by with without within upon toward towards atop past from
  off of for to beyond about up down throughout during opposite surrounding`)

/** Verbs that say how things are rather than what happens: units of kind relation. */
export const STATE_VERBS = words(`
  have wear hold carry cover surround contain support face touch fill border include feature attach connect mount
  line decorate adorn frame overlook separate divide hide block tie wrap
  join belong own dress depict show display reflect`)

/** Verbs that only help another. */
export const AUXILIARIES = words(
  "be am is are was were been being 's 're do does did has have had will would can could may might must shall should",
)

export const BE_FORMS = words(
  "be am is are was were been being 's 're look looks appear appears seem seems",
)

/** Makes of vehicles: WordNet does not know them, or knows them as something else (Ford is a verb and a president). */
export const VEHICLE_MAKES = words(`
  toyota ford chevrolet chevy honda nissan bmw mercedes mercedes-benz benz audi volkswagen vw porsche ferrari
  lamborghini jaguar volvo subaru mazda mitsubishi hyundai kia tesla lexus acura infiniti cadillac buick chrysler dodge
  jeep gmc pontiac plymouth oldsmobile saturn fiat renault peugeot citroen citroën skoda škoda seat opel vauxhall
  suzuki yamaha kawasaki ducati harley harley-davidson triumph bentley rolls-royce maserati bugatti mclaren lotus
  alfa romeo mini saab daihatsu isuzu boeing airbus cessna lockheed embraer bombardier caterpillar deere`)

export const MAKES: ReadonlySet<string> = new Set([
  ...VEHICLE_MAKES,
  ...words(`
    nike adidas puma reebok gucci prada chanel samsung sony panasonic canon nikon olympus fujifilm leica kodak
    microsoft nintendo playstation xbox wii apple iphone ipad macbook dell lenovo asus acer hp ibm intel amd lego barbie
    disney pokemon pokémon ikea starbucks mcdonald's mcdonalds coca-cola pepsi heineken budweiser guinness`),
])

/** Makes whose name is an everyday word: a name only when it is capitalised, or a number follows. */
export const WORD_LIKE_MAKES = words(
  'ford jaguar seat mini triumph lotus apple acer saturn dodge canon puma deere caterpillar jeep harley benz alfa romeo infiniti dell',
)

/** Units behind a number: "18 inch", "50 mm". */
export const MEASURE_UNITS = words(`
  mm cm m km in inch inches ft foot feet yd yard yards mile miles g kg lb lbs oz ounce ounces pound pounds gram grams
  ml l liter liters litre litres gallon gallons pint pints mph kmh hp v volt volts w watt watts mp megapixel gb tb mb
  mhz ghz hz k ct carat carats percent degree degrees px`)
