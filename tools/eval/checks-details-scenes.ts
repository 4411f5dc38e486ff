import { hash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundledPacksFolder } from '../../src/main/base/app-paths.ts'
import { silentLog } from '../../src/main/base/log.ts'
import type { DetailCandidate } from '../../src/main/checks/details.ts'
import type { DetailTable } from '../../src/main/checks/details-table.ts'
import { gatherDetails } from '../../src/main/features/checks/find-details.ts'
import { spawnNodeWorker } from '../../src/main/hosts/node/spawn.ts'
import { createInferenceClient, type InferenceClient } from '../../src/main/models/client.ts'
import { readPackManifest } from '../../src/main/models/pack-folder.ts'
import type { PackPlace } from '../../src/main/models/session-pool.ts'
import { findUnsaid } from '../../src/main/text/mentions-unsaid.ts'
import { composeScene, DEFAULT_SCENE_OPTIONS, type Scene } from '../scenes/compose.ts'
import { KINDS } from '../scenes/concepts/concept.ts'
import type { SceneGraph, SceneGroup } from '../scenes/graph.ts'
import { createRandom } from '../scenes/random.ts'
import { createSpriteCache, renderScene } from '../scenes/render.ts'
import { writeCaption } from '../scenes/text/caption.ts'
import type { write } from '../scenes/text/document.ts'

/** One line of `npm run eval -- details --json`. */
export interface DetailRow {
  readonly set: string
  readonly method: string
  readonly measure: string
  readonly value: number
  readonly n: number
}

/** A scene with a caption that leaves things out on purpose, and what could be missing in it. */
export interface ThinScene {
  readonly name: string
  readonly graph: SceneGraph
  readonly full: string
  readonly thin: string
  /** Left out of the thin caption; signs are for the reader of text. */
  readonly omitted: readonly SceneGroup[]
  readonly isSettingOmitted: boolean
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

/** Composes, draws and embeds scenes. Their captions are thinned by half of their things, and half lose the setting. */
export async function openSceneSet(seed: number, count: number): Promise<SceneSet> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-details-'))
  const packFolder = join(bundledPacksFolder(), 'starter')
  const { id, revision } = await readPackManifest(packFolder)
  const pack = { folder: packFolder, id, revision }
  const inference = createInferenceClient({
    spawn: spawnNodeWorker,
    log: silentLog,
    settings: () => ({ device: 'cpu' }),
  })
  const sprites = createSpriteCache()
  const scenes: ThinScene[] = []
  for (let index = 0; index < count; index += 1) {
    const scene = composeScene(seed, index, DEFAULT_SCENE_OPTIONS)
    const jpeg = await renderScene(scene.graph, sprites)
    const path = join(folder, `${String(index)}.jpg`)
    await writeFile(path, jpeg)
    const picture = { path, hash: hash('sha256', jpeg) }
    const { vector } = await inference.picture({
      ...{ pack, ...picture, task: 'vector', urgency: 'background' },
    })
    scenes.push({ ...thinOut(scene), picture, vector })
  }
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

function thinOut(scene: Scene): Omit<ThinScene, 'picture' | 'vector'> {
  const { graph, caption, alts } = scene
  const name = `${String(graph.seed)}-${String(graph.index)}`
  const random = createRandom(`thin ${name}`)
  const kept = graph.groups.filter(() => random.chance(0.5))
  const shown = kept.length > 0 ? kept : graph.groups.slice(0, 1)
  const ids = new Set(shown.map(({ id }) => id))
  const thinned: SceneGraph = {
    ...graph,
    groups: shown,
    objects: graph.objects.filter(({ group }) => ids.has(group)),
    relations: graph.relations.filter(({ subject, object }) => ids.has(subject) && ids.has(object)),
  }
  const isSettingOmitted = random.chance(0.5)
  const written = writeCaption(thinned, random)
  return {
    ...{ name, graph, full: caption.text, isSettingOmitted },
    thin: isSettingOmitted ? withoutSetting(written) : written.text,
    omitted: graph.groups.filter((group) => !ids.has(group.id) && group.category !== 'sign'),
    altTexts: alts.map(({ text }) => text),
  }
}

/** Leaves out the sentences that tell the setting, unless nothing else is said. */
function withoutSetting({ text, units }: ReturnType<typeof write>): string {
  const settings = units.filter(({ kind }) => kind === 'setting')
  let at = 0
  const kept = text.split(/(?<=\.) /).filter((sentence) => {
    const start = text.indexOf(sentence, at)
    at = start + sentence.length
    return !settings.some((unit) => unit.start < at && unit.end > start)
  })
  return kept.length === 0 ? text : kept.join(' ')
}

/** What may be missing in a caption of the scene, with and without the help of its alt-texts. */
export async function gatherFor(
  set: SceneSet,
  scene: ThinScene,
  how: {
    readonly caption: string
    readonly table: DetailTable
    readonly withAltTexts: boolean
  },
): Promise<{
  readonly candidates: readonly DetailCandidate[]
  readonly commonness: ReadonlyMap<string, number>
}> {
  return gatherDetails(
    {
      ...{ pack: set.pack, picture: scene.picture, urgency: 'background', caption: how.caption },
      altTexts: how.withAltTexts ? scene.altTexts : [],
      neighbours: neighboursOf(set, scene),
      ...{ boxes: null, lines: null, answers: new Map() },
    },
    {
      text: { unsaid: (args) => Promise.resolve(findUnsaid(args)) },
      inference: set.inference,
      table: how.table,
    },
  )
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

/** Whether a detail names a group: by its noun, the kind that it is one of, or the last word of it. */
export function namesGroup(noun: string, group: SceneGroup): boolean {
  if (group.noun === noun || group.plural === noun || group.noun.endsWith(` ${noun}`)) return true
  if (group.kind === 'sign') return noun === 'sign'
  const kind = KINDS[group.kind]
  return kind.noun === noun || kind.category === noun
}

/** Whether a detail is true of the scene: a thing that is drawn, in the plural only where there are several, or scenery. */
export function isTrueOf(
  { noun, phrase }: { readonly noun: string; readonly phrase: string },
  graph: SceneGraph,
): boolean {
  const named = graph.groups.filter((group) => namesGroup(noun, group))
  const isPlural = !/^(?:a|an|the) /.test(phrase) && phrase !== noun
  if (named.some(({ count }) => !isPlural || count > 1)) return true
  return saysScenery(noun, graph)
}

export function saysScenery(noun: string, { background }: SceneGraph): boolean {
  const { elements, settings, shortSettings } = background
  const words = new RegExp(`\\b${noun.replace(/[^a-z ]/g, '')}s?\\b`)
  return [...elements, ...settings, ...shortSettings].some((text) => words.test(text))
}
