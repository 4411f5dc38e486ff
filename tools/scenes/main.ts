import { parseArgs } from 'node:util'
import type { SceneOptions } from './compose.ts'
import { conceptPool, DEFAULT_SCENE_OPTIONS } from './compose.ts'
import { VENDORS } from './concepts/concept.ts'
import type { Vendor } from './concepts/concept.ts'
import type { SetRequest } from './write-set.ts'
import { UsageError, writeSet } from './write-set.ts'

const HELP = `Composes pictures from openly licensed emoji art, each with a true scene graph,
a true caption and noisy alt-texts whose faults are known.

  npm run scenes -- --count N --seed S --out DIR [options]

  --count N       how many scenes (1 to 1,000,000)
  --seed S        whole number from 0; the same seed gives the same bytes
  --out DIR       a new or empty folder; gets images/, metadata.jsonl and truth.jsonl
  --size WxH      picture size in pixels (default ${DEFAULT_SCENE_OPTIONS.width}x${DEFAULT_SCENE_OPTIONS.height}; each side 96 to 4096)
  --vendors A,B   whose art may be used: ${VENDORS.join(', ')}
                  (default ${DEFAULT_SCENE_OPTIONS.vendors.join(',')})
  --concepts N    use only N of the ${conceptPool(null).length} concepts (40 or more)
  --json          print one JSON summary to standard output
  --help          print this
`

function wholeNumber(name: string, text: string | undefined, low: number, high: number): number {
  if (text === undefined) throw new UsageError(`--${name} is needed; see --help.`)
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < low || value > high) {
    throw new UsageError(
      `Expected --${name} to be a whole number from ${low} to ${high}, got "${text}".`,
    )
  }
  return value
}

function parseVendors(text: string | undefined): readonly Vendor[] {
  if (text === undefined) return DEFAULT_SCENE_OPTIONS.vendors
  const names = text.split(',')
  const unknown = names.find((name) => !(VENDORS as readonly string[]).includes(name))
  if (unknown !== undefined) {
    throw new UsageError(
      `Expected --vendors to name some of ${VENDORS.join(', ')}, got "${unknown}".`,
    )
  }
  return VENDORS.filter((vendor) => names.includes(vendor))
}

function parseSize(text: string | undefined): { width: number; height: number } {
  if (text === undefined)
    return { width: DEFAULT_SCENE_OPTIONS.width, height: DEFAULT_SCENE_OPTIONS.height }
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? []
  const size = { width: Number(width), height: Number(height) }
  const isFine = (side: number): boolean => side >= 96 && side <= 4096
  if (!isFine(size.width) || !isFine(size.height)) {
    throw new UsageError(
      `Expected --size to be like 768x576 with sides from 96 to 4096, got "${text}".`,
    )
  }
  const shape = size.width / size.height
  if (shape < 0.9 || shape > 2.4) {
    throw new UsageError(
      `Expected --size between 9:10 and 12:5, so that a landscape fits, got "${text}".`,
    )
  }
  return size
}

function parseCommand(args: readonly string[]): { request: SetRequest; json: boolean } | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
      size: { type: 'string' },
      vendors: { type: 'string' },
      concepts: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  if (!values.out) throw new UsageError('--out is needed: the folder to write to; see --help.')
  const all = conceptPool(null).length
  const options: SceneOptions = {
    ...parseSize(values.size),
    vendors: parseVendors(values.vendors),
    conceptLimit:
      values.concepts === undefined ? null : wholeNumber('concepts', values.concepts, 40, all),
  }
  const request = {
    count: wholeNumber('count', values.count, 1, 1_000_000),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 32 - 1),
    folder: values.out,
    options,
  }
  return { request, json: values.json }
}

function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true
  return (
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  )
}

try {
  const command = parseCommand(process.argv.slice(2))
  if (!command) {
    console.log(HELP)
  } else {
    const summary = await writeSet(command.request)
    if (command.json) console.log(JSON.stringify(summary))
    else {
      console.log(
        `${summary.scenes} scenes with ${summary.altTexts} alt-texts of ${summary.concepts} concepts, ` +
          `${(summary.bytes / 1e6).toFixed(1)} MB, ${summary.scenesPerSecond} scenes a second.`,
      )
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = isUsageError(error) ? 2 : 3
}
