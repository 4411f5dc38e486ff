import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PackManifest } from '../../../shared/domain/pack.ts'
import type { InstalledPack } from '../../models/store.ts'
import { createInstalledTokenizers } from './installed-tokenizers.ts'

interface Wish {
  readonly id: string
  readonly window: number
  readonly images?: 'any' | 'sample-world'
  readonly task?: string
}

function pack({ id, window, images = 'any', task = 'dual-encoder' }: Wish): InstalledPack {
  const manifest = {
    ...{ id, task, scope: { images, note: '' }, text: { window } },
    files: [{ role: 'tokenizer', path: 'texts/tokenizer.json' }],
  }
  return {
    // What else a manifest has is not asked about here.
    manifest: manifest as unknown as PackManifest,
    ...{ folder: join('packs', id), isBundled: false, sizeBytes: 1 },
  }
}

function open(first: readonly InstalledPack[]) {
  const disk = { packs: first, mark: 'first', chosen: null as string | null, listed: 0 }
  const tokenizers = createInstalledTokenizers({
    store: {
      mark: () => Promise.resolve(disk.mark),
      list() {
        disk.listed += 1
        return Promise.resolve({ packs: disk.packs, broken: [] })
      },
    },
    chosenEncoder: () => Promise.resolve(disk.chosen),
  })
  return { disk, tokenizers }
}

function files(target: string, id: string) {
  return { target, tokenizer: join('packs', id, 'texts/tokenizer.json'), config: null }
}

describe('the installed tokenizers', () => {
  test('serve targets by the window of their encoder', async () => {
    const { tokenizers } = open([
      pack({ id: 'clip', window: 77 }),
      pack({ id: 'long', window: 248 }),
      pack({ id: 'other', window: 128 }),
      pack({ id: 'siglip', window: 64 }),
      pack({ id: 'finder', window: 77, task: 'detector' }),
    ])
    expect(await tokenizers.find()).toEqual([
      files('clip-77', 'clip'),
      files('clip-248', 'long'),
      files('siglip-64', 'siglip'),
    ])
  })

  test('are never those of the sample’s small world, even when it is chosen', async () => {
    const { disk, tokenizers } = open([
      pack({ id: 'starter', window: 77, images: 'sample-world' }),
      pack({ id: 'clip', window: 77 }),
    ])
    disk.chosen = 'starter'
    expect(await tokenizers.find()).toEqual([files('clip-77', 'clip')])
  })

  test('are those of the chosen pack where several serve one target', async () => {
    const { disk, tokenizers } = open([
      pack({ id: 'siglip', window: 64 }),
      pack({ id: 'siglip2', window: 64 }),
    ])
    expect(await tokenizers.find()).toEqual([files('siglip-64', 'siglip2')])
    disk.chosen = 'siglip'
    expect(await tokenizers.find()).toEqual([files('siglip-64', 'siglip')])
  })

  test('are listed again only when the disk changed', async () => {
    const { disk, tokenizers } = open([])
    expect(await tokenizers.find()).toEqual([])
    await tokenizers.find()
    expect(disk.listed).toBe(1)
    disk.packs = [pack({ id: 'clip', window: 77 })]
    disk.mark = 'second'
    expect(await tokenizers.find()).toEqual([files('clip-77', 'clip')])
    expect(disk.listed).toBe(2)
  })
})
