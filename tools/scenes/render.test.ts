import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameColour } from './colour.ts'
import { composeScene, DEFAULT_SCENE_OPTIONS } from './compose.ts'
import { createSpriteCache, renderPixels, renderScene } from './render.ts'
import { metadataRow, truthRow, writeSet } from './write-set.ts'

const SMALL = { ...DEFAULT_SCENE_OPTIONS, width: 256, height: 192 }
const SAMPLE = fileURLToPath(new URL('../../resources/sample/', import.meta.url))
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-scenes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function hashes(of: string): Promise<string[]> {
  const names = (await readdir(of, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Promise.all(
    names.map(async (name) => {
      const hash = createHash('sha256')
        .update(await readFile(name))
        .digest('hex')
      return `${name.slice(of.length)} ${hash}`
    }),
  )
}

async function lines(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

describe('pictures', () => {
  it('have the claimed colour in their pixels', async () => {
    const sprites = createSpriteCache()
    let checked = 0
    for (let index = 0; index < 150; index += 1) {
      const { graph } = composeScene(11, index)
      const painted = graph.groups.filter(
        ({ drawing, id }) =>
          drawing.kind === 'icon' &&
          drawing.paint !== null &&
          !graph.relations.some(
            (one) => one.subject === id && ['behind', 'under'].includes(one.relation),
          ),
      )
      if (painted.length === 0) continue
      const pixels = await renderPixels(graph, sprites)
      for (const group of painted) {
        const { x, y, width, height } =
          graph.objects.find((object) => object.group === group.id)?.box ?? group.box
        let named = 0
        for (let row = y; row < y + height; row += 1) {
          for (let column = x; column < x + width; column += 1) {
            const at = (row * graph.width + column) * 3
            const rgb = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0] as const
            if (nameColour(rgb) === group.colour) named += 1
          }
        }
        expect(
          named / (width * height),
          `${index} ${group.colour ?? ''} ${group.noun}`,
        ).toBeGreaterThan(0.2)
        checked += 1
      }
    }
    expect(checked).toBeGreaterThan(10)
  })

  it('are JPEGs of the asked size', async () => {
    const { graph } = composeScene(1, 5, SMALL)
    const image = sharp(await renderScene(graph, createSpriteCache()))
    expect(await image.metadata()).toMatchObject({ format: 'jpeg', width: 256, height: 192 })
  })
})

describe('a written set', () => {
  it('is the same to the byte when written twice', async () => {
    const request = { count: 12, seed: 4, options: SMALL }
    await writeSet({ ...request, folder: join(folder, 'first') })
    await writeSet({ ...request, folder: join(folder, 'second') })
    const first = await hashes(join(folder, 'first'))
    expect(first).toHaveLength(14)
    expect(await hashes(join(folder, 'second'))).toEqual(first)
  })

  it('has metadata rows of one form, for images that are there', async () => {
    const rows = await lines(join(folder, 'first', 'metadata.jsonl'))
    expect(rows).toHaveLength(12)
    for (const row of rows) {
      expect(Object.keys(row as object)).toEqual(['file_name', 'alt', 'alt_origin'])
      const {
        file_name: name,
        alt,
        alt_origin: origins,
      } = row as { file_name: string; alt: string[]; alt_origin: string[] }
      expect(alt.length).toBe(origins.length)
      expect((await readFile(join(folder, 'first', name))).length).toBeGreaterThan(1000)
    }
  })
})

describe('the bundled sample', () => {
  it('is what seed 1 gives (else write it anew, see README.md)', async () => {
    const metadata = await lines(join(SAMPLE, 'metadata.jsonl'))
    const truth = await lines(join(SAMPLE, 'truth.jsonl'))
    expect(metadata).toHaveLength(240)
    for (const index of metadata.keys()) {
      const scene = composeScene(1, index)
      expect(metadata[index]).toEqual(metadataRow(scene))
      expect(truth[index]).toEqual(truthRow(scene))
    }
    expect(await readdir(join(SAMPLE, 'images'))).toHaveLength(240)
  })

  it('uses no share-alike art', async () => {
    expect(await readFile(join(SAMPLE, 'truth.jsonl'), 'utf8')).not.toContain('openmoji')
  })
})

describe('the command line', () => {
  function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
      })
    })
  }

  it.each([
    [['--seed', '1', '--out', 'x'], '--count is needed'],
    [['--count', '2', '--seed', '1'], '--out is needed'],
    [['--count', 'many', '--seed', '1', '--out', 'x'], 'got "many"'],
    [['--count', '2', '--seed', '1', '--out', 'x', '--vendors', 'noto,acme'], 'got "acme"'],
    [['--count', '2', '--seed', '1', '--out', 'x', '--size', 'big'], 'got "big"'],
    [['--sceens', '2'], '--sceens'],
  ])('refuses %j with exit code 2', async (args, message) => {
    const { code, err } = await run(args)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('writes a set and prints one JSON summary', async () => {
    const out = join(folder, 'third')
    const args = ['--count', '3', '--seed', '9', '--out', out, '--size', '160x120', '--json']
    const result = await run(args)
    expect(result.code).toBe(0)
    expect(JSON.parse(result.out)).toMatchObject({ scenes: 3, seed: 9 })
    expect(await lines(join(out, 'truth.jsonl'))).toHaveLength(3)
  })

  it('refuses a folder with other files in it', async () => {
    const { code, err } = await run(['--count', '1', '--seed', '1', '--out', folder])
    expect(code).toBe(2)
    expect(err).toContain('new or empty folder')
  })
})
