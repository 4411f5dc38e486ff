import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Scene, SceneOptions } from './compose.ts'
import { composeScene } from './compose.ts'
import type { FaultKind } from './text/document.ts'
import { createSpriteCache, renderScene } from './render.ts'

export interface SetRequest {
  readonly count: number
  readonly seed: number
  /** Made when it is not there; must be empty of other files. */
  readonly folder: string
  readonly options: SceneOptions
}

export interface SetSummary {
  readonly scenes: number
  readonly seed: number
  readonly bytes: number
  readonly seconds: number
  readonly scenesPerSecond: number
  readonly altTexts: number
  readonly concepts: number
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>
}

/** One line of metadata.jsonl: the HF imagefolder form, the same keys and types on every line. */
interface MetadataRow {
  readonly file_name: string
  readonly alt: readonly string[]
  readonly alt_origin: readonly string[]
}

function sceneFileName(index: number): string {
  return `images/scene-${String(index + 1).padStart(5, '0')}.jpg`
}

export function metadataRow(scene: Scene): MetadataRow {
  return {
    file_name: sceneFileName(scene.graph.index),
    alt: scene.alts.map((alt) => alt.text),
    alt_origin: scene.alts.map((alt) => alt.origin),
  }
}

/** One line of truth.jsonl; described in README.md. */
export function truthRow(scene: Scene): Record<string, unknown> {
  const { graph, caption, alts } = scene
  return {
    file_name: sceneFileName(graph.index),
    caption: caption.text,
    caption_units: caption.units,
    alts,
    graph,
  }
}

const AT_ONCE = 6
const OWN_NAMES = ['images', 'metadata.jsonl', 'truth.jsonl']

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true })
  const foreign = (await readdir(folder)).filter((name) => !OWN_NAMES.includes(name))
  if (foreign.length > 0) {
    throw new UsageError(
      `Expected --out to be a new or empty folder, found ${foreign[0] ?? ''} there. Choose another.`,
    )
  }
}

/** A mistake of the caller; the command line answers it with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

function countFaults(scenes: Map<FaultKind, number>, scene: Scene): void {
  for (const alt of scene.alts) {
    for (const fault of alt.faults) scenes.set(fault.kind, (scenes.get(fault.kind) ?? 0) + 1)
  }
}

/** Writes images/, metadata.jsonl and truth.jsonl. The same request gives the same bytes. */
export async function writeSet(request: SetRequest): Promise<SetSummary> {
  const { count, seed, folder, options } = request
  await prepareFolder(folder)
  const startMs = performance.now()
  const sprites = createSpriteCache()
  const metadata = createWriteStream(join(folder, 'metadata.jsonl'))
  const truth = createWriteStream(join(folder, 'truth.jsonl'))
  const faults = new Map<FaultKind, number>()
  const concepts = new Set<string>()
  let [bytes, altTexts] = [0, 0]
  for (let first = 0; first < count; first += AT_ONCE) {
    const indices = Array.from(
      { length: Math.min(AT_ONCE, count - first) },
      (_, step) => first + step,
    )
    const scenes = indices.map((index) => composeScene(seed, index, options))
    const images = await Promise.all(scenes.map((scene) => renderScene(scene.graph, sprites)))
    for (const [step, scene] of scenes.entries()) {
      const image = images[step]
      if (!image) continue
      await writeFile(join(folder, sceneFileName(scene.graph.index)), image)
      metadata.write(`${JSON.stringify(metadataRow(scene))}\n`)
      truth.write(`${JSON.stringify(truthRow(scene))}\n`)
      bytes += image.length
      altTexts += scene.alts.length
      countFaults(faults, scene)
      for (const group of scene.graph.groups) concepts.add(group.concept)
    }
  }
  metadata.end()
  truth.end()
  await Promise.all([finished(metadata), finished(truth)])
  const seconds = (performance.now() - startMs) / 1000
  return {
    scenes: count,
    seed,
    bytes,
    seconds: Number(seconds.toFixed(2)),
    scenesPerSecond: Number((count / seconds).toFixed(1)),
    altTexts,
    concepts: concepts.size,
    faults: Object.fromEntries([...faults].sort()),
  }
}
