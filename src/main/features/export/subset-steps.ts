import type { Subset, SubsetConcept } from '../../../shared/contract/subset.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { balanceByConcepts, ConceptLists } from '../../curation/balance.ts'
import { findBest } from '../../curation/best-of-groups.ts'
import { createConceptMatcher } from '../../curation/concept-matcher.ts'
import { createDraw, type Draw } from '../../curation/draws.ts'
import { findLeaders, type GroupColumns } from '../../curation/image-groups.ts'
import { pickSmallest } from '../../curation/pick-smallest.ts'
import { pickOfStrata, shareOut } from '../../curation/strata.ts'
import type { Db } from '../../db/client.ts'

/** Images that are read together: a few milliseconds of the reader, between which it answers others. */
const PAGE = 5_000

/** What choosing needs of a project. */
export type SubsetReads = Pick<Db, 'read'>

/** The images that a query matched, of which steps choose by their position. */
export interface Found {
  readonly db: SubsetReads
  readonly ids: Uint32Array
  readonly subset: Subset
  readonly personId: PersonId
  readonly signal: AbortSignal
}

/** What a step left, as positions in ascending order, and why the others went. */
export interface Left {
  readonly kept: Uint32Array
  readonly why: string
  readonly notes?: readonly string[]
  /** Of a step that goes by concepts. */
  readonly concepts?: SubsetConcept[]
}

export async function keepBestOfGroups(found: Found, kept: Uint32Array): Promise<Left> {
  const { db } = found
  const columns = await readGroups(found, kept, 'duplicates')
  const leaders = findLeaders(columns)
  const groups = new Map<number, number[]>()
  for (let place = 0; place < leaders.length; place += 1) {
    const leader = leaders[place] ?? place
    if (leader === place) continue
    const group = groups.get(leader)
    if (group === undefined) groups.set(leader, [leader, place])
    else group.push(place)
  }
  const best = await findBestPlaces(found, kept, [...groups.values()])
  const dropped = new Uint8Array(kept.length)
  for (const group of groups.values()) for (const place of group) dropped[place] = 1
  for (const place of best) dropped[place] = 0
  const left = kept.filter((_, place) => dropped[place] === 0)
  return {
    kept: left,
    why:
      left.length === kept.length
        ? 'no near-duplicates'
        : `${count(kept.length - left.length, 'near-duplicate')} of a better copy`,
    notes: await noteDuplicates(db),
  }
}

/** Of each group, by places in `kept`, the best place. */
async function findBestPlaces(
  { db, ids, signal }: Found,
  kept: Uint32Array,
  groups: readonly (readonly number[])[],
): Promise<readonly number[]> {
  // What speaks for an image is read of members alone: most projects have few.
  const members = Uint32Array.from(groups.flat()).sort()
  const merits = {
    pixels: new Float64Array(members.length),
    sharpness: new Float64Array(members.length),
    textLength: new Uint32Array(members.length),
  }
  let start = 0
  for (const page of pagesOf(members)) {
    signal.throwIfAborted()
    const positions = page.map((place) => kept[place] ?? 0)
    const read = await db.read.readImageMerits({ ids: idsAt(ids, positions) })
    merits.pixels.set(read.pixels, start)
    merits.sharpness.set(read.sharpness, start)
    merits.textLength.set(read.textLength, start)
    start += page.length
  }
  const indexes = new Uint32Array(kept.length)
  for (const [index, place] of members.entries()) indexes[place] = index
  const best = findBest(
    groups.map((group) => group.map((place) => indexes[place] ?? 0)),
    merits,
  )
  return best.map((index) => members[index] ?? 0)
}

/** Says where groups are of equal perceptual hashes alone. */
export async function noteDuplicates(db: SubsetReads): Promise<readonly string[]> {
  if ((await db.read.findDuplicateRun()) !== null) return []
  return [
    'Duplicates were not looked for yet, so only images with the same perceptual hash count as near-duplicates.',
  ]
}

export async function take(found: Found, kept: Uint32Array): Promise<Left | null> {
  const wish = found.subset.take
  if (wish === null) return null
  const size = wish.count.toLocaleString('en-US')
  if (wish.pick === 'first') {
    return { kept: kept.subarray(0, wish.count), why: `the first ${size} in the order of import` }
  }
  const draw = await readDraw(found, kept, 'take')
  return { kept: pickSmallest(kept, draw, wish.count), why: `${size} at random` }
}

export async function keepWithinBudget(found: Found, kept: Uint32Array): Promise<Left | null> {
  const { budget } = found.subset
  if (budget === null) return null
  const why = `a budget of ${count(budget, 'image')}`
  if (budget >= kept.length) return { kept, why }
  const draw = await readDraw(found, kept, 'budget')
  return { kept: pickSmallest(kept, draw, budget), why }
}

const SHOWN_STRATA = 6

export async function stratify(found: Found, kept: Uint32Array): Promise<Left | null> {
  const wish = found.subset.strata
  if (wish === null) return null
  const { names, strata } = await readStrata(found, kept)
  const sizes = names.map(() => 0)
  for (const stratum of strata) sizes[stratum] = (sizes[stratum] ?? 0) + 1
  const quotas = shareOut(sizes, wish.count, wish.shares)
  const draw = await readDraw(found, kept, 'strata')
  const shown = names
    .map((name, index) => ({ name, quota: quotas[index] ?? 0 }))
    .toSorted((one, other) => other.quota - one.quota || (one.name < other.name ? -1 : 1))
    .slice(0, SHOWN_STRATA)
    .map(({ name, quota }) => `${name} ${quota.toLocaleString('en-US')}`)
  const more = names.length > SHOWN_STRATA ? ', …' : ''
  return {
    kept: pickOfStrata(kept, { strata, quotas, draw }),
    why: `${wish.shares} shares of ${count(names.length, 'stratum', 'strata')} by ${wish.by}: ${shown.join(', ')}${more}`,
  }
}

async function readStrata(
  found: Found,
  kept: Uint32Array,
): Promise<{ readonly names: readonly string[]; readonly strata: Uint32Array }> {
  const { db, ids, subset, signal } = found
  const wish = subset.strata
  if (wish?.by === 'query') return readQueryStrata(found, kept, wish.queries)
  const by = wish?.by ?? 'status'
  const indexes = new Map<string, number>()
  const strata = new Uint32Array(kept.length)
  let start = 0
  for (const page of pagesOf(kept)) {
    signal.throwIfAborted()
    const read = await db.read.readStrata({ ids: idsAt(ids, page), by })
    const own = read.names.map((name) => {
      const index = indexes.get(name) ?? indexes.size
      indexes.set(name, index)
      return index
    })
    strata.set(
      read.strata.map((stratum) => own[stratum] ?? 0),
      start,
    )
    start += page.length
  }
  return { names: [...indexes.keys()], strata }
}

async function readQueryStrata(
  { db, ids, personId, signal }: Found,
  kept: Uint32Array,
  queries: readonly string[],
): Promise<{ readonly names: readonly string[]; readonly strata: Uint32Array }> {
  const strata = new Uint32Array(kept.length).fill(queries.length)
  for (const [index, query] of queries.entries()) {
    signal.throwIfAborted()
    const matches = await db.read.listSubsetIds({ query, personId })
    const isMatch = markIds(matches.ids)
    for (const [place, position] of kept.entries()) {
      if (strata[place] === queries.length && isMatch[ids[position] ?? 0] === 1) {
        strata[place] = index
      }
    }
  }
  const names = strata.includes(queries.length) ? [...queries, 'the others'] : queries
  return { names, strata }
}

function markIds(ids: Uint32Array): Uint8Array {
  const marks = new Uint8Array(ids.reduce((most, id) => Math.max(most, id), 0) + 1)
  for (const id of ids) marks[id] = 1
  return marks
}

/** Texts that are matched between two answers to others. */
const TEXTS_AT_A_TIME = 1_000

export async function balance(found: Found, kept: Uint32Array): Promise<Left | null> {
  const wish = found.subset.balance
  if (wish === null) return null
  const { concepts, most, texts, others } = wish
  const matcher = createConceptMatcher(concepts)
  const lists = new ConceptLists()
  for (const page of pagesOf(kept, TEXTS_AT_A_TIME)) {
    found.signal.throwIfAborted()
    const ids = idsAt(found.ids, page)
    for (const ofImage of await found.db.read.readConceptTexts({ ids, texts })) {
      const own = new Set<number>()
      for (const text of ofImage) matcher.match(text, (concept) => own.add(concept))
      lists.add(own)
    }
  }
  const draw = await readDraw(found, kept, 'balance')
  const balanced = balanceByConcepts(kept, {
    ...{ concepts, lists, most, draw, keepsOthers: others === 'keep' },
  })
  const rest =
    balanced.others === 0
      ? ''
      : `; ${count(balanced.others, 'image')} without a concept ${others === 'keep' ? 'kept' : 'dropped'}`
  const counted = concepts
    .map((concept, index) => ({
      concept,
      found: balanced.found[index] ?? 0,
      kept: balanced.keptOf[index] ?? 0,
    }))
    .sort((one, other) => other.found - one.found)
  const capped = counted.filter(({ found }) => found > most).length
  const absent = counted.filter(({ found }) => found === 0).length
  return {
    kept: balanced.kept,
    why: `${sayCapped(capped, concepts.length, most)}${rest}`,
    notes: absent > 0 ? [`${count(absent, 'concept')} of the list are in no text.`] : [],
    concepts: counted,
  }
}

function sayCapped(capped: number, concepts: number, most: number): string {
  const limit = `more than ${count(most, 'image')}`
  if (capped === 0) return `none of ${count(concepts, 'concept')} has ${limit}`
  return `${capped.toLocaleString('en-US')} of ${count(concepts, 'concept')} have ${limit}; images of no rarer one are thinned out`
}

async function readDraw(
  { db, ids, subset, signal }: Found,
  kept: Uint32Array,
  purpose: string,
): Promise<Draw> {
  const keys = { high: new Uint32Array(ids.length), low: new Uint32Array(ids.length) }
  for (const page of pagesOf(kept)) {
    signal.throwIfAborted()
    const read = await db.read.readImageKeys({ ids: idsAt(ids, page) })
    for (const [place, position] of page.entries()) {
      keys.high[position] = read.high[place] ?? 0
      keys.low[position] = read.low[place] ?? 0
    }
  }
  return createDraw(keys, subset.seed, purpose)
}

/** By place in `kept`. */
async function readGroups(
  { db, ids, signal }: Pick<Found, 'db' | 'ids' | 'signal'>,
  kept: Uint32Array,
  together: NonNullable<Subset['split']>['together'],
): Promise<GroupColumns> {
  const empty = (): Uint32Array => new Uint32Array(kept.length)
  const columns = {
    ...{ group: empty(), hashHigh: empty(), hashLow: empty() },
    place: together === 'duplicates' ? new Uint32Array(0) : empty(),
  }
  let start = 0
  for (const page of pagesOf(kept)) {
    signal.throwIfAborted()
    const read = await db.read.readImageGroups({ ids: idsAt(ids, page), together })
    columns.group.set(read.group, start)
    columns.hashHigh.set(read.hashHigh, start)
    columns.hashLow.set(read.hashLow, start)
    if (together !== 'duplicates') columns.place.set(read.place, start)
    start += page.length
  }
  return columns
}

/**
 * For the split: the groups of all images of the project, because a group that the query cut in two would else be two,
 * and a draw for each by its first image.
 */
export async function drawGroups(
  found: Found,
  kept: Uint32Array,
): Promise<{
  /** Of each image of `kept`, in the whole project. */
  readonly positions: Uint32Array
  readonly leaders: Uint32Array
  readonly draw: Draw
}> {
  const { ids } = await found.db.read.listSubsetIds({ query: '', personId: found.personId })
  const all = ids.map((_, position) => position)
  const project = { ...found, ids }
  const together = found.subset.split?.together ?? 'duplicates'
  const leaders = findLeaders(await readGroups(project, all, together))
  const places = new Uint32Array((ids.at(-1) ?? 0) + 1)
  for (const position of all) places[ids[position] ?? 0] = position
  const positions = kept.map((position) => places[found.ids[position] ?? 0] ?? 0)
  const isLeader = new Uint8Array(ids.length)
  for (const position of positions) isLeader[leaders[position] ?? position] = 1
  const draw = await readDraw(
    project,
    all.filter((position) => isLeader[position] === 1),
    'split',
  )
  return { positions, leaders, draw }
}

function* pagesOf(values: Uint32Array, size = PAGE): Generator<Uint32Array> {
  for (let start = 0; start < values.length; start += size) {
    yield values.subarray(start, start + size)
  }
}

function idsAt(ids: Uint32Array, positions: Uint32Array): Uint32Array {
  return positions.map((position) => ids[position] ?? 0)
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en-US')} ${value === 1 ? one : many}`
}
