import { parseArgs } from 'node:util'
import { formatChecks } from './checks/format-checks.ts'
import { measureHat } from './checks/hat.ts'
import { fitChecks, measureChecks } from './checks/measure-checks.ts'
import { measureFates } from './checks/fates.ts'
import type { CheckRow } from './checks/measure-set.ts'
import { formatDetails, measureDetails } from './checks-details.ts'
import { fitDetails } from './checks-details-fit.ts'
import { measureReal } from './checks/measure-real.ts'
import { fitPhotos, measurePhotos } from './checks/photos.ts'
import { formatOcr, measureOcr } from './ocr.ts'
import { formatQuality, measureTextUnits, type QualityRow } from './text-units.ts'

const USAGE = `Usage: npm run eval -- [text-units|ocr|checks|checks-fit|fates|photos|photos-fit|details|details-fit] [--scenes N] [--json]

Prints the tables of docs/quality.md, or with --json rows.

  text-units   how well units of texts are found, on FACTUAL's random test set beside the repository
               (../shared/data/text/factual-test.csv)
  checks       how well planted faults are found on held-out scenes; and beside the repository, where it is there,
               which labelled words of HAT lie in a unit, and what boxes say of captions of real photos
  checks-fit   makes resources/calibrations from the calibration scenes
  fates        what is said to have become of alt-texts in captions of held-out scenes, where it is known
  photos       what a detector's boxes say of captions of real photos, right and wrong ones (../shared/data/photos)
  photos-fit   makes the table of YOLOX in resources/calibrations from the other photos
  details      how well what captions leave out is found, and how specific they are, on other held-out scenes
  details-fit  writes the weights and limits of src/main/checks/details-tables.ts, for the starter pack as it is
  ocr          how well text in pictures is read (docs/models.md); takes minutes

  --scenes N   most scenes of each set of "checks" (default 100) and "checks-fit" (default all); a scene takes a second
               or two, and is looked at once: what was seen is kept under .cache/eval/checks

  --real --pack ID --data DIR
               with "checks": the same table on real captions, with an installed encoder (or the folder of one), of what
               is in DIR of OHD-Caps, FOIL (nocaps-FOIL in its form), HAT and DCI; --scenes is the most pictures

Without a name: text-units, checks, fates and details, with --json as one array of { set, method, measure, value, n }.
`

const DEFAULT_SCENES = 100
const DEFAULT_DETAIL_SCENES = 240
const DEFAULT_FATE_SCENES = 300

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      scenes: { type: 'string' },
      real: { type: 'boolean', default: false },
      pack: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const { json } = values
  const scenes = values.scenes === undefined ? null : Number(values.scenes)
  const [name = 'all'] = positionals
  if (values.help || scenes === 0 || Number.isNaN(scenes)) {
    process.stderr.write(USAGE)
    return values.help ? 0 : 2
  }
  const print = <Row>(rows: readonly Row[], format: (rows: readonly Row[]) => string): void => {
    process.stdout.write(json ? `${JSON.stringify(rows)}\n` : format(rows))
  }
  const onProgress = (line: string): void => void process.stderr.write(`${line}\n`)
  switch (name) {
    case 'ocr':
      print(await measureOcr(), formatOcr)
      return 0
    case 'text-units':
      print(await readTextUnits(), formatQuality)
      return 0
    case 'checks':
      if (values.real) {
        const { pack, data } = values
        if (pack === undefined || data === undefined) {
          process.stderr.write('--real needs --pack and --data.\n')
          return 2
        }
        const pictures = scenes ?? Infinity
        print(await measureReal({ pack, data, pictures, onProgress }), formatChecks)
        return 0
      }
      print(await readChecks({ scenes: scenes ?? DEFAULT_SCENES, onProgress }), formatChecks)
      return 0
    case 'checks-fit':
      for (const line of await fitChecks({ scenes: scenes ?? Infinity, onProgress }))
        onProgress(line)
      return 0
    case 'fates':
      print(await measureFates(scenes ?? DEFAULT_FATE_SCENES), formatChecks)
      return 0
    case 'photos':
      print(await readPhotoRows(onProgress), formatChecks)
      return 0
    case 'photos-fit':
      onProgress((await fitPhotos()) ?? NO_PHOTOS)
      return 0
    case 'details':
      print(await measureDetails(scenes ?? DEFAULT_DETAIL_SCENES), formatDetails)
      return 0
    case 'details-fit':
      for (const line of await fitDetails(scenes ?? undefined)) onProgress(line)
      return 0
    case 'all': {
      const texts = await readTextUnits()
      const rows = await readChecks({ scenes: scenes ?? DEFAULT_SCENES, onProgress })
      const fates = await measureFates(scenes ?? DEFAULT_FATE_SCENES)
      const details = await measureDetails(scenes ?? DEFAULT_DETAIL_SCENES)
      if (json) print([...texts.flatMap(toRows), ...rows, ...fates, ...details], () => '')
      else {
        const checks = formatChecks([...rows, ...fates])
        const tables = [formatQuality(texts), checks, formatDetails(details)]
        process.stdout.write(tables.join('\n'))
      }
      return 0
    }
    default:
      process.stderr.write(USAGE)
      return 2
  }
}

async function readTextUnits(): Promise<readonly QualityRow[]> {
  const rows = await measureTextUnits()
  if (rows !== null) return rows
  process.stderr.write(
    'text-units: skipped, because ../shared/data/text/factual-test.csv is not there.\n',
  )
  return []
}

/** Planted faults, and what lies beside the repository where it is there. */
async function readChecks(wish: Parameters<typeof measureChecks>[0]): Promise<readonly CheckRow[]> {
  const [hat, photos] = [await measureHat(), await readPhotoRows(wish.onProgress)]
  if (hat === null) wish.onProgress('HAT: skipped, because ../shared/data/text is not there.')
  return [...(await measureChecks(wish)), ...(hat ?? []), ...photos]
}

const NO_PHOTOS = 'photos: skipped, because ../shared/data/photos is not there.'

async function readPhotoRows(onProgress: (line: string) => void): Promise<readonly CheckRow[]> {
  const rows = await measurePhotos()
  if (rows === null) onProgress(NO_PHOTOS)
  return rows ?? []
}

function toRows({ method, part, captions, measures }: QualityRow): readonly CheckRow[] {
  return Object.entries(measures).map(([measure, value]) => ({
    ...{ set: `FACTUAL, ${part}`, method, measure, value, n: captions },
  }))
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exitCode = 1
}
