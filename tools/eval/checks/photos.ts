import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlannedUnit } from '../../../src/shared/domain/check-plan.ts'
import { packageRoot } from '../../../src/main/base/app-paths.ts'
import { silentLog } from '../../../src/main/base/log.ts'
import { boxEvidence } from '../../../src/main/checks/box-evidence.ts'
import { spawnNodeWorker } from '../../../src/main/hosts/node/spawn.ts'
import { createInferenceClient } from '../../../src/main/models/client.ts'
import { planCheck } from '../../../src/main/text/foils/plan-check.ts'
import { areaUnderCurve, shareOf } from './measures.ts'
import type { CheckRow } from './measure-set.ts'
import { writeYoloxPack } from './yolox-pack.ts'

/** Beside the repository, and no part of it: photos with captions, object lists and wrong captions. */
const DATA = join(packageRoot(), '..', 'shared', 'data')

interface Photo {
  readonly file_name: string
  readonly captions: readonly string[]
  readonly objects: Readonly<Record<string, number>> | null
  readonly sugarcrepe: readonly Negative[]
  readonly valse: readonly { readonly caption: string; readonly foil: string }[]
}

interface Negative {
  readonly type: string
  readonly caption: string
  readonly negative: string
}

/** What a unit says and what the boxes say of it; null where the detector has no name for it. */
interface Claim {
  readonly from: 'human' | 'add_obj' | 'replace_obj' | 'valse'
  readonly score: number | null
}

type Boxes = Parameters<typeof boxEvidence>[1]

/**
 * The box signal alone on real photos: things that people named, and things that wrong captions name in addition or
 * instead. Null where the data are absent.
 */
export async function measurePhotos(): Promise<readonly CheckRow[] | null> {
  if (!existsSync(join(DATA, 'photos', 'photos.jsonl'))) return null
  const text = await readFile(join(DATA, 'photos', 'photos.jsonl'), 'utf8')
  const photos = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Photo)
    .filter(({ objects }) => objects !== null)
  const folder = await mkdtemp(join(tmpdir(), 'realign-photos-'))
  const client = createInferenceClient({
    spawn: spawnNodeWorker,
    log: silentLog,
    settings: () => ({ device: 'cpu' }),
  })
  try {
    const { place, labels } = await writeYoloxPack(folder, join(DATA, 'models'))
    const claims: Claim[] = []
    for (const photo of photos) {
      const path = join(DATA, 'photos', photo.file_name)
      const found = await client.picture({
        ...{ pack: place, task: 'boxes', path, hash: null, urgency: 'background' },
      })
      claims.push(...claimsOf(photo, { found, labels }))
    }
    return toRows(claims)
  } finally {
    client.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function claimsOf(photo: Photo, boxes: NonNullable<Boxes>): readonly Claim[] {
  const things = (text: string): readonly PlannedUnit[] =>
    planCheck(text, boxes.labels).units.filter(({ claim }) => claim === 'object')
  const judge = (unit: PlannedUnit, from: Claim['from']): Claim => ({
    from,
    score: boxEvidence(unit, boxes)?.score ?? null,
  })
  /** What the wrong caption names and the right one does not. */
  const added = (wrong: string, right: string, from: Claim['from']): readonly Claim[] => {
    const known = new Set(things(right).map(({ thing }) => thing?.lemma))
    return things(wrong)
      .filter(({ thing }) => !known.has(thing?.lemma))
      .map((unit) => judge(unit, from))
  }
  return [
    ...photo.captions.flatMap((caption) => things(caption).map((unit) => judge(unit, 'human'))),
    ...photo.sugarcrepe.flatMap(({ type, caption, negative }) =>
      type === 'add_obj' || type === 'replace_obj' ? added(negative, caption, type) : [],
    ),
    ...photo.valse.flatMap(({ caption, foil }) => added(foil, caption, 'valse')),
  ]
}

function toRows(claims: readonly Claim[]): readonly CheckRow[] {
  const rows = (['human', 'add_obj', 'replace_obj', 'valse'] as const).flatMap((from) => {
    const own = claims.filter((claim) => claim.from === from)
    const covered = own.filter(({ score }) => score !== null)
    const name = from === 'human' ? 'things in human captions' : `things added by ${from}`
    return [
      row(`${name}: named by the 80 classes`, covered.length / own.length, own.length),
      row(
        `${name}: no box, of those named`,
        shareOf(covered, ({ score }) => score === 0),
        covered.length,
      ),
    ]
  })
  const scores = (isHuman: boolean): number[] =>
    claims.flatMap(({ from, score }) => ((from === 'human') === isHuman ? (score ?? []) : []))
  const [good, bad] = [scores(true), scores(false)]
  return [...rows, row('AUROC of the box score', areaUnderCurve(good, bad), bad.length)]
}

function row(measure: string, value: number, n: number): CheckRow {
  return { set: 'photos', method: 'YOLOX nano', measure, value, n }
}
