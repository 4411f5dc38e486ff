import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { readCsvRecords } from '../../src/main/formats/csv-records.ts'
import { readSceneGraph, type SceneGraph } from './scene-graph.ts'

export interface GradedCaption {
  readonly caption: string
  readonly graph: SceneGraph
}

/** Development rows may be looked at; the held-out ones are only counted. */
export type Part = 'development' | 'held-out'

const FACTUAL_FILE = join(import.meta.dirname, '../../../shared/data/text/factual-test.csv')

const COLUMNS = ['image_id', 'region_id', 'caption', 'scene_graph']

/** Reads FACTUAL's random test set, split for good by the hash of each row's ids; null where it is not there. */
export async function readFactual(
  file = FACTUAL_FILE,
): Promise<Readonly<Record<Part, readonly GradedCaption[]>> | null> {
  if (!existsSync(file)) return null
  const parts: Record<Part, GradedCaption[]> = { development: [], 'held-out': [] }
  for (const cells of await readCells(file)) {
    const [imageId = '', regionId = '', caption = '', graph = ''] = cells
    parts[partOf(`${imageId}:${regionId}`)].push({ caption, graph: readSceneGraph(graph) })
  }
  return parts
}

/** The cells of every row below the header. */
async function readCells(file: string): Promise<readonly (readonly string[])[]> {
  const dialect = { delimiter: ',', isQuoted: true, recordDelimiters: ['\r\n', '\n'] }
  const chunks: AsyncIterable<string> = createReadStream(file, { encoding: 'utf8' })
  const rows: (readonly string[])[] = []
  for await (const records of readCsvRecords(chunks, dialect))
    for (const record of records) {
      if (record.kind === 'broken') throw new Error(`${file}: ${record.message}`)
      rows.push(record.cells)
    }
  const [header = [], ...rest] = rows
  if (header.join() !== COLUMNS.join())
    throw new Error(`Expected the columns ${COLUMNS.join(', ')}, got ${header.join(', ')}.`)
  return rest
}

/** One row in three is for development: FNV-1a (32 bit) of "image:region", modulo 3. */
export function partOf(id: string): Part {
  let hash = 0x811c9dc5
  for (const character of id) {
    hash ^= character.charCodeAt(0)
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  return hash % 3 === 0 ? 'development' : 'held-out'
}
