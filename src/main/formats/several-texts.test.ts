import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, writeAll } from '../../../test/support/formats.ts'
import { cocoWriter } from './coco.ts'
import { csvWriter } from './csv.ts'
import type { ExportRow, FormatWriter } from './format.ts'
import { huggingfaceParquetWriter } from './huggingface-parquet.ts'
import { img2datasetWriter } from './img2dataset-writer.ts'
import { jsonlWriter } from './jsonl.ts'
import { kohyaWriter } from './kohya.ts'
import { metaclipWriter } from './altogether-writer.ts'
import { parquetReader } from './parquet.ts'
import { sidecarTextWriter } from './sidecar-text.ts'
import { webdatasetWriter } from './webdataset.ts'

const TEXTS = [
  { role: 'caption', text: 'a {red} bus\non a road', round: 2 },
  { role: 'alt', text: 'bus', round: null },
] as const

async function makeRows(count: number, format = 'gif'): Promise<readonly ExportRow[]> {
  const filePath = join(await makeFolder({ 'x.gif': '' }), 'x.gif')
  return Array.from({ length: count }, (_, index) =>
    makeRow({
      ...{ filePath, text: TEXTS[0].text, texts: TEXTS },
      image: { uid: `image-${index}`, fileName: `${index}.gif`, format, sha256: String(index) },
    }),
  )
}

async function writeSeveral(writer: FormatWriter): Promise<string> {
  const { root } = await writeAll(writer, await makeRows(1), { isSeveral: true })
  return root
}

const readText = (root: string, name: string): Promise<string> => readFile(join(root, name), 'utf8')

test('COCO has an annotation for each text, with its role and round', async () => {
  const root = await writeSeveral(cocoWriter)
  const { annotations } = JSON.parse(await readText(root, 'annotations/captions.json')) as {
    readonly annotations: unknown
  }
  expect(annotations).toEqual([
    { id: 1, image_id: 1, caption: 'a {red} bus\non a road', role: 'caption', round: 2 },
    { id: 2, image_id: 1, caption: 'bus', role: 'alt', round: null },
  ])
})

test('text files have a line for each text, with braces as sd-scripts reads them', async () => {
  const root = await writeSeveral(sidecarTextWriter)
  expect(await readText(root, '0.txt')).toBe('a {{red}} bus on a road\nbus')
})

test('kohya metadata have the same lines, and the trainer is told to draw one', async () => {
  const root = await writeSeveral(kohyaWriter)
  const entries = JSON.parse(await readText(root, 'images/meta.json')) as object
  expect(entries).toMatchObject({ '0': { caption: 'a {{red}} bus on a road\nbus' } })
  expect(await readText(root, 'dataset.toml')).toContain('enable_wildcard = true')
})

test('tables have lists of texts and roles, and none where one text is asked for', async () => {
  const lists = { texts: TEXTS.map(({ text }) => text), text_roles: ['caption', 'alt'] }
  const jsonl = await readText(await writeSeveral(jsonlWriter), 'data.jsonl')
  expect(JSON.parse(jsonl)).toMatchObject(lists)
  const csv = await readText(await writeSeveral(csvWriter), 'data.csv')
  expect(csv.split('\r\n')[0]).toMatch(/updated_at,texts,text_roles$/)
  const root = await writeSeveral(huggingfaceParquetWriter)
  const { records } = await readAll(parquetReader, root, {
    image: 'image',
    texts: 'proposal',
    text_roles: 'tags',
  })
  expect(records[0]?.proposals.map(({ text }) => text)).toEqual(lists.texts)
  expect(records[0]?.tags).toEqual(lists.text_roles)
  const { root: plain } = await writeAll(csvWriter, [makeRow({})])
  expect((await readText(plain, 'data.csv')).split('\r\n')[0]).toMatch(/updated_at$/)
})

test('shards are cut by the number of images', async () => {
  const files = async (writer: FormatWriter, format?: string): Promise<readonly string[]> => {
    const { root } = await writeAll(writer, await makeRows(5, format), { shardImages: 2 })
    const names = await readdir(root, { recursive: true })
    return names.filter((name) => /\.(?:tar|parquet)$/.test(name)).toSorted()
  }
  const numbers = ['000000', '000001', '000002']
  expect(await files(webdatasetWriter)).toEqual(numbers.map((number) => `train-${number}.tar`))
  expect(await files(metaclipWriter, 'jpeg')).toEqual(['0/0.tar', '1/1.tar', '2/2.tar'])
  expect(await files(huggingfaceParquetWriter)).toEqual([
    ...['00000', '00001', '00002'].map((number) => `data/train-${number}-of-00003.parquet`),
  ])
  const img2dataset = await files(img2datasetWriter)
  expect(img2dataset.filter((name) => name.endsWith('.tar'))).toEqual([
    ...['00000.tar', '00001.tar', '00002.tar'],
  ])
})
