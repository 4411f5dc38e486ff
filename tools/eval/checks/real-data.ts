import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FoilTier } from '../../../src/shared/domain/check-plan.ts'
import type { TextSpan } from '../../../src/shared/domain/text-unit.ts'

/** A caption of a real picture; in wrong ones the words that are wrong, or null where nobody marked them. */
interface RealCaption {
  readonly text: string
  readonly isTrue: boolean
  readonly tier: FoilTier
  readonly wrong: readonly TextSpan[] | null
}

export interface RealPicture {
  /** As the data set names it: a path below its folder, or the name of a file. */
  readonly image: string
  readonly captions: readonly RealCaption[]
}

export interface RealSet {
  readonly name: 'OHD-Caps' | 'FOIL' | 'HAT' | 'DCI'
  readonly pictures: readonly RealPicture[]
}

type Json = Readonly<Record<string, unknown>>

/** Reads what is known in a folder, whatever the files are called. Broken or other files are passed over. */
export async function readRealSets(folder: string): Promise<readonly RealSet[]> {
  const names = await readdir(folder)
  const sets = await Promise.all(
    names
      .filter((name) => /\.jsonl?$/.test(name))
      .toSorted()
      .map(async (name) => readSet(await readFile(join(folder, name), 'utf8'))),
  )
  const dci = await readDci(folder)
  return [...sets, dci].filter((set) => set !== null)
}

function readSet(text: string): RealSet | null {
  const value = parse(text)
  const rows = Array.isArray(value) ? value.filter(isJson) : isJson(value) ? [value] : []
  if (rows.some(({ grounding }) => Array.isArray(grounding))) {
    return { name: 'HAT', pictures: rows.flatMap(readHatRow) }
  }
  if (rows.some((row) => negativesOf(row).length > 0)) {
    return { name: 'OHD-Caps', pictures: rows.flatMap(readPickRow) }
  }
  if (isJson(value) && Array.isArray(value['annotations'])) return readFoil(value)
  return null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    try {
      return lines.map((line) => JSON.parse(line) as unknown)
    } catch {
      return null
    }
  }
}

/** Words with a label each, as in ALOHa's HAT. */
function readHatRow(row: Json): readonly RealPicture[] {
  const { image_path: image, caption: text, grounding } = row
  if (typeof image !== 'string' || typeof text !== 'string' || !Array.isArray(grounding)) return []
  let from = 0
  const wrong = grounding.flatMap((pair: unknown): TextSpan[] => {
    const [word, isWrong] = Array.isArray(pair) ? (pair as readonly unknown[]) : []
    if (typeof word !== 'string') return []
    const start = text.indexOf(word, from)
    if (start === -1) return []
    from = start + word.length
    return isWrong === true ? [{ start, end: from }] : []
  })
  return [{ image, captions: [{ text, isTrue: wrong.length === 0, tier: 'random', wrong }] }]
}

/** One true caption and lists of wrong ones, named by how hard they are, as in OHD-Caps. */
function readPickRow(row: Json): readonly RealPicture[] {
  const image = textAt(row, ['file_path', 'image', 'file_name', 'image_path'])
  const text = textAt(row, ['positive_sample', 'positive', 'caption'])
  const negatives = negativesOf(row)
  if (image === null || text === null || negatives.length === 0) return []
  return [{ image, captions: [{ text, isTrue: true, tier: 'random', wrong: [] }, ...negatives] }]
}

const TIERS = ['adversarial', 'popular', 'random'] as const

function negativesOf(row: Json): readonly RealCaption[] {
  return Object.entries(row).flatMap(([name, value]) => {
    const tier = TIERS.find((one) => name.startsWith(one))
    if (tier === undefined) return []
    return textsIn(value).map((text) => ({ text, isTrue: false, tier, wrong: null }))
  })
}

/** The captions of FOIL and its kin: one wrong word, which is named. */
function readFoil(value: Json): RealSet {
  const names = new Map(
    list(value['images']).flatMap((image) =>
      typeof image['file_name'] === 'string' ? [[image['id'], image['file_name']] as const] : [],
    ),
  )
  const byImage = Map.groupBy(list(value['annotations']), (row) => row['image_id'])
  return {
    name: 'FOIL',
    pictures: [...byImage.entries()].flatMap(([id, rows]) => {
      const image = names.get(id)
      const captions = rows.flatMap((row): RealCaption[] => {
        const { caption: text, foil, foil_word: word } = row
        if (typeof text !== 'string' || typeof foil !== 'boolean') return []
        const start = typeof word === 'string' ? text.indexOf(word) : -1
        const span = { start, end: start + String(word).length }
        const wrong = !foil ? [] : start === -1 ? null : [span]
        return [{ text, isTrue: !foil, tier: 'adversarial', wrong }]
      })
      return image === undefined || captions.length === 0 ? [] : [{ image, captions }]
    }),
  }
}

/** Summaries and their negatives, of `complete/`; photos lie in `photos/`. */
async function readDci(folder: string): Promise<RealSet | null> {
  const names = await readdir(join(folder, 'complete')).catch(() => [])
  const pictures = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map(async (name): Promise<RealPicture[]> => {
        const row = parse(await readFile(join(folder, 'complete', name), 'utf8'))
        if (!isJson(row) || typeof row['image'] !== 'string') return []
        const [text] = textsIn(at(row['summaries'], 'base'))
        const negatives = textsIn(at(row['negatives'], 'base'))
        if (text === undefined || negatives.length === 0) return []
        const wrong = negatives.map((each): RealCaption => ({
          ...{ text: each, isTrue: false, tier: 'adversarial', wrong: null },
        }))
        const truth: RealCaption = { text, isTrue: true, tier: 'random', wrong: [] }
        return [{ image: join('photos', row['image']), captions: [truth, ...wrong] }]
      }),
  )
  return pictures.flat().length === 0 ? null : { name: 'DCI', pictures: pictures.flat() }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

function at(value: unknown, name: string): unknown {
  return isJson(value) ? value[name] : null
}

function textAt(row: Json, names: readonly string[]): string | null {
  const found = names.map((name) => row[name]).find((value) => typeof value === 'string')
  return typeof found === 'string' ? found : null
}

/** All texts of a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isJson(value) ? Object.values(value).flatMap(textsIn) : []
}
