import { dirname, join } from 'node:path'
import type { ColumnMap } from '../../shared/domain/column-roles.ts'
import { createExportNames } from './export-names.ts'
import type { FormatReader, FormatWriter, WriteRequest } from './format.ts'
import { openJsonl, parseLine, readFileLines } from './jsonl.ts'
import { openLines } from './line-writer.ts'
import { placeImage, reportMissing } from './place-image.ts'
import { kindOfPath, openTextFile, readHead } from './source-file.ts'
import { splitName } from './split-name.ts'
import { createTableReader, type TableFile } from './table-source.ts'

const FOLDER = 'images'
const METADATA_NAME = 'docci_metadata.jsonlines'
const ID_COLUMN = 'example_id'
const CLUSTER_COLUMN = 'cluster_id'
const KNOWN_COLUMNS = [
  ['image_file', 'image'],
  ['description', 'caption'],
  ['alt', 'alt'],
  ['example_id', 'id'],
  ['split', 'tags'],
] as const

export const docciReader: FormatReader = createTableReader({
  id: 'docci',
  label: 'DOCCI descriptions',
  description: 'docci_descriptions.jsonlines, with its pictures in images/ beside it.',
  sniff: async (path) => {
    if ((await kindOfPath(path)) !== 'file') return 0
    const [line = ''] = (await readHead(path)).split('\n', 1)
    return ['example_id', 'image_file', 'description'].every((name) => line.includes(`"${name}"`))
      ? 0.95
      : 0
  },
  async open(path, signal) {
    const table = await openJsonl(path, signal)
    const roles: ColumnMap = Object.fromEntries(
      KNOWN_COLUMNS.filter(([name]) => table.columns.includes(name)),
    )
    const clusters = await readClusters(join(dirname(path), METADATA_NAME), signal)
    return withClusters({ ...table, roles, base: join(dirname(path), FOLDER) }, clusters)
  },
})

/** Which images were taken to contrast each other, by example; empty where the file is not there. */
async function readClusters(
  path: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const clusters = new Map<string, string>()
  if ((await kindOfPath(path)) !== 'file') return clusters
  const encoding = await openTextFile(path)
  for await (const lines of readFileLines(path, encoding, signal)) {
    for (const line of lines) {
      const entry = parseLine(line)
      if (typeof entry === 'string') continue
      const { example_id: example, cluster_id: cluster } = entry
      const isNamed = typeof cluster === 'string' || typeof cluster === 'number'
      if (typeof example === 'string' && isNamed) clusters.set(example, `cluster:${cluster}`)
    }
  }
  return clusters
}

/** Gives each row a tag with its cluster, so that a split can keep the images of one together. */
function withClusters(table: TableFile, clusters: ReadonlyMap<string, string>): TableFile {
  const idIndex = table.columns.indexOf(ID_COLUMN)
  if (clusters.size === 0 || idIndex === -1) return table
  const clusterOf = (id: unknown): string | null =>
    typeof id === 'string' ? (clusters.get(id) ?? null) : null
  const own = table.columns.length
  return {
    ...table,
    columns: [...table.columns, CLUSTER_COLUMN],
    sample: table.sample.map((cells) => [...cells, clusterOf(cells[idIndex])]),
    roles: { ...table.roles, [CLUSTER_COLUMN]: 'tags' },
    async *rows(wanted, signal) {
      const there = wanted.filter(({ index }) => index < own)
      const asked = [...there, { name: ID_COLUMN, index: idIndex }]
      for await (const rows of table.rows(asked, signal)) {
        yield rows.map((row) => {
          if (row.kind !== 'cells') return row
          const cluster = clusterOf(row.cells.at(-1))
          const cells = wanted.map((column) =>
            column.index === own ? cluster : row.cells[there.indexOf(column)],
          )
          return { ...row, cells }
        })
      }
    },
  }
}

export const docciWriter: FormatWriter = {
  id: 'docci',
  label: 'DOCCI descriptions',
  group: 'data-set',
  summary: 'One long text an image',
  description: 'docci_descriptions.jsonlines with one description an image, pictures in images/.',
  hasImages: true,
  holdsSeveral: false,
  isSharded: false,
  write: writeDocci,
}

async function writeDocci(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  const split = splitName(request.options)
  const lines = await openLines(request.target, 'docci_descriptions.jsonlines')
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    if (row.textKind === 'none') {
      request.onRow('skipped')
      continue
    }
    const name = nameFile(row.image)
    if (
      request.options.images !== 'none' &&
      !(await placeImage(request, row, `${FOLDER}/${name}`))
    ) {
      reportMissing(request, row)
      continue
    }
    const line = {
      ...{ example_id: row.image.uid, split, image_file: name, description: row.text },
      alt: row.image.alts.map(({ text }) => text),
    }
    await lines.write(`${JSON.stringify(line)}\n`)
    request.onRow('done')
  }
  await lines.close()
}
