import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TokenTargetId } from '../../../shared/domain/token-budget.ts'
import { silentLog } from '../../base/log.ts'
import { loadTokenizer } from '../../models/tokenizer.ts'
import type { TokenizerFiles } from '../requests.ts'
import { measureBudgets } from './measure-budgets.ts'
import { createPackTokenizers } from './pack-tokenizer.ts'

const FIXTURES = join(import.meta.dirname, '../../../../test/fixtures/models')
const ENCODERS = [
  { name: 'tiny-clip', target: 'clip-77', window: 77, endId: 1, added: 2 },
  { name: 'tiny-siglip', target: 'siglip-64', window: 64, endId: 1, added: 1 },
] as const

function filesIn(folder: string, target: TokenTargetId): TokenizerFiles {
  const config = join(folder, 'tokenizer_config.json')
  return { target, tokenizer: join(folder, 'tokenizer.json'), config }
}

async function budgetOf(text: string, files: TokenizerFiles) {
  const tokenizers = await createPackTokenizers(silentLog)([files])
  const budget = measureBudgets(text, tokenizers).find(({ target }) => target === files.target)
  if (budget === undefined) throw new Error('Expected a budget.')
  return budget
}

describe.each(ENCODERS)('the tokenizer of $name', ({ name, target, window, endId, added }) => {
  const files = filesIn(join(FIXTURES, name), target)
  const { texts } = JSON.parse(readFileSync(join(FIXTURES, name, 'reference.json'), 'utf8')) as {
    readonly texts: readonly { readonly text: string }[]
  }

  test('counts what the encoder reads, but for what opens and closes it', async () => {
    const encoder = await loadTokenizer(files, { window, endId, prefix: '' })
    const written = ['', ' ', 'A RED Bus, stops!', 'Ünïcödé 日本 👨‍👩‍👧', 'half \ud800 a pair']
    for (const text of [...texts.map((each) => each.text), ...written]) {
      const used = encoder.encode(text).fullLength - added
      expect(await budgetOf(text, files), text).toMatchObject({ used, isExact: true })
    }
  })

  test('cuts where the encoder does', async () => {
    const encoder = await loadTokenizer(files, { window, endId, prefix: '' })
    const words = 'a red dog on the grass '.repeat(40)
    const { cutAt } = await budgetOf(words, files)
    const seen = words.slice(0, cutAt ?? 0)
    expect(seen).toMatch(/ $/)
    expect(encoder.encode(seen).fullLength).toBeLessThanOrEqual(window)
    const more = seen + words.slice(seen.length).split(' ', 1).join('')
    expect(encoder.encode(more).fullLength).toBeGreaterThan(window)
  })
})

describe('tokenizers of packs on the disk', () => {
  let folder: string
  let files: TokenizerFiles

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'realign-tokenizers-'))
    await cp(join(FIXTURES, 'tiny-clip'), folder, { recursive: true })
    files = filesIn(folder, 'clip-77')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('are read once, and again when their files changed', async () => {
    const load = createPackTokenizers(silentLog)
    const [[first], [meanwhile]] = await Promise.all([load([files]), load([files])])
    expect(first?.target).toBe('clip-77')
    expect(meanwhile).toBe(first)
    expect((await load([files]))[0]).toBe(first)
    await writeFile(files.tokenizer, `${await readFile(files.tokenizer, 'utf8')}\n`)
    expect((await load([files]))[0]).not.toBe(first)
  })

  test('are forgotten when nobody wants them', async () => {
    const load = createPackTokenizers(silentLog)
    const [first] = await load([files])
    expect(await load([])).toEqual([])
    expect((await load([files]))[0]).not.toBe(first)
  })

  test.each([
    ['cut short', () => truncate(files.tokenizer, 1000)],
    ['no tokenizer', () => writeFile(files.tokenizer, '{}')],
    ['gone', () => rm(files.tokenizer)],
    ['without its configuration', () => rm(files.config ?? '')],
  ])('are left out and logged once when %s, and used when mended', async (_how, spoil) => {
    const warn = vi.fn()
    const load = createPackTokenizers({ ...silentLog, warn })
    await spoil()
    expect(await load([files])).toEqual([])
    expect(await load([files])).toEqual([])
    expect(warn).toHaveBeenCalledOnce()
    expect(warn.mock.lastCall?.[1]).toMatchObject({ path: files.tokenizer })
    expect(await budgetOf('a dog', files)).toMatchObject({ isExact: false, used: 2 })
    await cp(join(FIXTURES, 'tiny-clip'), folder, { recursive: true })
    expect(await load([files])).toHaveLength(1)
  })
})
