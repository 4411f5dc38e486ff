import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseHubPreprocessor, toImageInput } from './hub-config.ts'
import { packIdOf, writeHubManifest } from './hub-folder.ts'

const DEFAULTS = { resample: 3, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const

function inputOf(config: object) {
  return toImageInput(parseHubPreprocessor(config), DEFAULTS)
}

describe('the image preparation of a hub folder', () => {
  test('is CLIP’s: the short side, then the middle', () => {
    const config = {
      size: { shortest_edge: 256 },
      crop_size: { width: 224, height: 224 },
      resample: 2,
    }
    expect(inputOf(config)).toMatchObject({
      widthPx: 224,
      resize: { policy: 'crop', shortEdgePx: 256, kernel: 'linear' },
    })
    expect(inputOf({ size: 224, crop_size: 224 }).resize).toMatchObject({ shortEdgePx: 224 })
  })

  test('is SigLIP’s: squashed', () => {
    expect(inputOf({ size: { height: 384, width: 384 } })).toMatchObject({
      heightPx: 384,
      resize: { policy: 'squash', kernel: 'cubic' },
    })
  })

  test('leaves normalising out where the configuration does', () => {
    const input = inputOf({ size: { height: 8, width: 8 }, do_normalize: false, do_rescale: false })
    expect(input).toMatchObject({ scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1] })
  })

  test('refuses what it does not know', () => {
    expect(() => inputOf({})).toThrow(/how large/)
    expect(() => inputOf({ size: { height: 8, width: 8 }, resample: 9 })).toThrow(/filter/)
    expect(() => inputOf({ size: 'big' })).toThrow(/"size"/)
  })
})

describe('the manifest of a hub folder', () => {
  let folder: string
  const facts = { id: 'd', name: 'D', licence: { id: 'MIT' }, source: { url: '' }, scopeNote: '' }
  const loadEncoder = () => Promise.reject(new Error('a detector has no tokenizer'))

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'realign-hub-'))
    await mkdir(join(folder, 'onnx'))
    await writeFile(join(folder, 'onnx/model_fp16.onnx'), 'model')
    await writeFile(
      join(folder, 'preprocessor_config.json'),
      JSON.stringify({ size: { height: 384, width: 384 }, resample: 2 }),
    )
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  function write(config: object, names: { inputs: string[]; outputs: string[] }) {
    const inspect = () => Promise.resolve(names)
    return writeFile(join(folder, 'config.json'), JSON.stringify(config)).then(() =>
      writeHubManifest(folder, { facts, inspect, loadEncoder }),
    )
  }

  test('describes a detector with its labels, in the precision that is there', async () => {
    const manifest = await write(
      { model_type: 'rf_detr', id2label: { 1: 'person', 0: 'N/A', 3: 'traffic\nlight' } },
      { inputs: ['pixel_values'], outputs: ['logits', 'pred_boxes'] },
    )
    expect(manifest).toMatchObject({
      task: 'detector',
      precision: 'float16',
      graph: { outputs: { kind: 'detr', boxes: 'pred_boxes', activation: 'sigmoid' } },
    })
    expect(await readFile(join(folder, 'labels.txt'), 'utf8')).toBe(
      'N/A\nperson\nN/A\ntraffic light\n',
    )
  })

  test('changes its revision with any byte', async () => {
    const config = { model_type: 'detr', id2label: { 0: 'a' } }
    const names = { inputs: ['pixel_values'], outputs: ['logits', 'pred_boxes'] }
    const before = await write(config, names)
    await writeFile(join(folder, 'onnx/model_fp16.onnx'), 'mode1')
    expect((await write(config, names)).revision).not.toBe(before.revision)
  })

  test.each([
    ['another kind of model', { model_type: 'bert' }, ['pixel_values'], /neither/],
    [
      'more inputs than a picture',
      { model_type: 'detr', id2label: { 0: 'a' } },
      ['pixel_values', 'pixel_mask'],
      /pixel_mask/,
    ],
    ['names that are unknown', { model_type: 'detr', id2label: { 0: 'a' } }, ['x'], /was expected/],
  ])('is refused for %s', async (_name, config, inputs, reason) => {
    await expect(write(config, { inputs, outputs: ['logits', 'pred_boxes'] })).rejects.toThrow(
      reason,
    )
  })

  test('takes its id from the folder', () => {
    expect(packIdOf('/models/CLIP ViT-B_32 (new)')).toBe('clip-vit-b-32-new')
    expect(packIdOf('/模型')).toBe('model')
  })
})
