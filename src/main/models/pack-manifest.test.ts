import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { format } from 'prettier'
import { describe, expect, test } from 'vitest'
import type { DualEncoderPack } from '../../shared/domain/pack.ts'
import { packJsonSchema, parsePackManifest } from './pack-manifest.ts'

const HASH = 'a'.repeat(64)

const pack = {
  format: 'realign-pack',
  version: 1,
  id: 'tiny',
  revision: '1',
  name: 'Tiny',
  task: 'dual-encoder',
  licence: { id: 'MIT' },
  source: { url: 'https://example.org/tiny' },
  scope: { images: 'any', note: '' },
  precision: 'float32',
  files: [
    { role: 'image-graph', path: 'image.onnx', sizeBytes: 1, sha256: HASH },
    { role: 'text-graph', path: 'onnx/text.onnx', sizeBytes: 1, sha256: HASH },
    { role: 'tokenizer', path: 'tokenizer.json', sizeBytes: 1, sha256: HASH },
  ],
  dimension: 16,
  image: {
    widthPx: 32,
    heightPx: 32,
    resize: { policy: 'crop', kernel: 'cubic', shortEdgePx: 32 },
    channels: 'rgb',
    scale: 1 / 255,
    mean: [0.5, 0.5, 0.5],
    deviation: [0.5, 0.5, 0.5],
  },
  imageGraph: { inputs: { pixels: 'pixel_values' }, outputs: { vector: 'image_embeds' } },
  text: { window: 77, padding: 'longest', padId: 0, endId: 2, prefix: '' },
  textGraph: { inputs: { ids: 'input_ids' }, outputs: { vector: 'text_embeds' } },
} as const satisfies DualEncoderPack

function reasonFor(change: object): string {
  try {
    parsePackManifest(JSON.stringify({ ...pack, ...change }))
    return 'accepted'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('the manifest of a pack', () => {
  test('is read as it is', () => {
    expect(parsePackManifest(JSON.stringify(pack))).toEqual(pack)
  })

  test('may name things to ask of each picture', () => {
    const vocabulary = [{ noun: 'leaf', asked: 'fallen leaves', phrase: 'fallen leaves' }]
    expect(parsePackManifest(JSON.stringify({ ...pack, vocabulary }))).toMatchObject({ vocabulary })
    expect(reasonFor({ vocabulary: [{ noun: 'leaf' }] })).toContain('vocabulary')
  })

  test('fits its JSON Schema, which is the committed one', async () => {
    const schema = packJsonSchema()
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 100 })
    await expect(text).toMatchFileSnapshot('./pack.schema.json')
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const isPack = ajv.compile(schema)
    expect(isPack(pack), ajv.errorsText(isPack.errors)).toBe(true)
    expect(isPack({ ...pack, extra: 1 })).toBe(false)
  })

  test.each<[string, object, RegExp]>([
    ['an unknown key', { extra: 1 }, /extra/],
    ['a newer version', { version: 2 }, /newer Realign/],
    ['an id that is no folder name', { id: '../evil' }, /"id"/],
    ['a revision that climbs', { revision: '..' }, /"revision"/],
    ['a missing graph', { files: pack.files.slice(1) }, /names no image-graph/],
    [
      'two tokenizers',
      { files: [...pack.files, { ...pack.files[2], path: 'b.json' }] },
      /more than/,
    ],
    ['one file twice', { files: [...pack.files, { ...pack.files[2], role: 'other' }] }, /twice/],
    ['patches without a grid', { patchGrid: { rows: 2, columns: 2 } }, /go together/],
    [
      'a division by nothing',
      { image: { ...pack.image, deviation: [1, 0, 1] } },
      /"image.deviation.1"/,
    ],
  ])('is refused for %s', (_name, change, reason) => {
    expect(reasonFor(change)).toMatch(reason)
  })

  test.each(['/etc/passwd', '../x', 'a/../../x', 'a//b', 'C:\\x', 'a\\b', './a'])(
    'is refused for the path %s',
    (path) => {
      const files = [{ ...pack.files[0], path }, ...pack.files.slice(1)]
      expect(reasonFor({ files })).toMatch(/"files.0.path"/)
    },
  )

  test('is refused when it is no JSON', () => {
    expect(() => parsePackManifest('{')).toThrow(expect.objectContaining({ code: 'PACK_INVALID' }))
  })
})
