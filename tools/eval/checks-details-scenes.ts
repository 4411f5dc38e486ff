import { hash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundledPacksFolder } from '../../src/main/base/app-paths.ts'
import { silentLog } from '../../src/main/base/log.ts'
import {
  FITTED_SOURCES,
  type DetailTable,
  type FittedSource,
  type SourceTable,
} from '../../src/main/checks/details-table.ts'
import { gatherDetails } from '../../src/main/features/checks/find-details.ts'
import { spawnNodeWorker } from '../../src/main/hosts/node/spawn.ts'
import { createInferenceClient, type InferenceClient } from '../../src/main/models/client.ts'
import { readPackManifest } from '../../src/main/models/pack-folder.ts'
import type { PackPlace } from '../../src/main/models/session-pool.ts'
import type { DualEncoderPack } from '../../src/shared/domain/pack.ts'
import { findUnsaid } from '../../src/main/text/mentions-unsaid.ts'
import { composeScene, DEFAULT_SCENE_OPTIONS } from '../scenes/compose.ts'
import type { SceneGraph } from '../scenes/graph.ts'
import { createSpriteCache, renderScene } from '../scenes/render.ts'
import { thinOut, type Thinned } from './checks-details-thin.ts'

/** One line of `npm run eval -- details --json`. */
export interface DetailRow {
  readonly set: string
  readonly method: string
  readonly measure: string
  readonly value: number
  readonly n: number
}

/** A scene with captions that leave things out on purpose, and what could be missing in it. */
export interface ThinScene extends Thinned {
  readonly name: string
  readonly graph: SceneGraph
  readonly full: string
  readonly vector: Float32Array
  readonly picture: { readonly path: string; readonly hash: string }
  readonly altTexts: readonly string[]
}

export interface SceneSet {
  readonly scenes: readonly ThinScene[]
  readonly pack: PackPlace
  readonly inference: InferenceClient
  close(): Promise<void>
}

const NEIGHBOURS = 20
const NEAR_DUPLICATE = 0.96

/** A few are in work at a time, so that drawing, reading texts and the encoder go on side by side; in their order. */
export async function fewAtOnce<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = []
  for (let from = 0; from < items.length; from += AT_ONCE) {
    done.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))))
  }
  return done
}

const AT_ONCE = 6

/** The encoder that comes with Realign, as it lies there. */
export async function readStarter(): Promise<{ folder: string; manifest: DualEncoderPack }> {
  const folder = join(bundledPacksFolder(), 'starter')
  const manifest = await readPackManifest(folder)
  if (manifest.task !== 'dual-encoder') throw new Error('The starter pack is no encoder.')
  return { folder, manifest }
}

/** Composes, draws and embeds scenes, and thins their captions. */
export async function openSceneSet(seed: number, count: number): Promise<SceneSet> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-details-'))
  const { folder: packFolder, manifest } = await readStarter()
  const pack = { folder: packFolder, id: manifest.id, revision: manifest.revision }
  const inference = createInferenceClient({
    spawn: spawnNodeWorker,
    log: silentLog,
    settings: () => ({ device: 'cpu' }),
  })
  const sprites = createSpriteCache()
  const indices = Array.from({ length: count }, (_, index) => index)
  const scenes = await fewAtOnce(indices, async (index): Promise<ThinScene> => {
    const scene = composeScene(seed, index, DEFAULT_SCENE_OPTIONS)
    const jpeg = await renderScene(scene.graph, sprites)
    const path = join(folder, `${String(index)}.jpg`)
    await writeFile(path, jpeg)
    const picture = { path, hash: hash('sha256', jpeg) }
    const { vector } = await inference.picture({
      ...{ pack, ...picture, task: 'vector', urgency: 'background' },
    })
    const { graph, caption, alts } = scene
    return {
      ...thinOut(scene),
      ...{ name: `${String(seed)}-${String(index)}`, graph, full: caption.text },
      ...{ altTexts: alts.map(({ text }) => text), picture, vector },
    }
  })
  return {
    scenes,
    pack,
    inference,
    close: async () => {
      inference.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Gathered = Awaited<ReturnType<typeof gatherDetails>>

interface GatherWish {
  readonly caption: string
  readonly table: Omit<DetailTable, 'sources'>
  readonly withAltTexts: boolean
  /** Everything, or only what is told of the things that the caption names, which costs a third. */
  readonly what: 'everything' | 'properties'
}

/** By the caption and what was asked; methods choose among the same candidates. */
const gathered = new WeakMap<ThinScene, Map<string, Promise<Gathered>>>()

/** What may be missing in a caption of the scene, with and without the help of its alt-texts, whatever the limits. */
export function gatherFor(set: SceneSet, scene: ThinScene, wish: GatherWish): Promise<Gathered> {
  const known = gathered.get(scene) ?? new Map<string, Promise<Gathered>>()
  gathered.set(scene, known)
  const key = `${wish.what} ${String(wish.withAltTexts)} ${wish.caption}`
  const found = known.get(key) ?? gatherAnew(set, scene, wish)
  known.set(key, found)
  return found
}

function gatherAnew(
  set: SceneSet,
  scene: ThinScene,
  { caption, table, withAltTexts, what }: GatherWish,
): Promise<Gathered> {
  const isWhole = what === 'everything'
  const sources = openSources(isWhole ? FITTED_SOURCES : ['colour', 'count'])
  return gatherDetails(
    {
      ...{ pack: set.pack, picture: scene.picture, urgency: 'background', caption },
      // Whatever these captions say is true.
      statusOf: () => 'supported',
      altTexts: withAltTexts && isWhole ? scene.altTexts : [],
      neighbours: isWhole ? neighboursOf(set, scene) : [],
      ...{ boxes: null, lines: null, isColourless: false, answers: new Map() },
    },
    {
      text: { unsaid: (args) => Promise.resolve(findUnsaid(args)) },
      inference: set.inference,
      table: { ...table, sources },
    },
  )
}

function openSources(open: readonly FittedSource[]): DetailTable['sources'] {
  const tables = FITTED_SOURCES.map((source): [FittedSource, SourceTable] => [
    source,
    { intercept: 0, weights: {}, limit: open.includes(source) ? 0 : null, count: 0 },
  ])
  return Object.fromEntries(tables) as DetailTable['sources']
}

function neighboursOf({ scenes }: SceneSet, scene: ThinScene): string[] {
  return scenes
    .filter((other) => other !== scene)
    .map((other) => ({ other, cosine: dot(other.vector, scene.vector) }))
    .filter(({ cosine }) => cosine <= NEAR_DUPLICATE)
    .sort((left, right) => right.cosine - left.cosine)
    .slice(0, NEIGHBOURS)
    .map(({ other }) => other.full)
}

export function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}
