import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import { projectFiles } from '../../src/main/db/project-files.ts'
import { storeDetails, storeVerdicts } from '../../src/main/db/queries/judgements.ts'
import type { Detail, Region, Verdict } from '../../src/shared/contract/judgements.ts'
import type { UnitKind } from '../../src/shared/domain/text-unit.ts'

interface TruthUnit {
  readonly kind: string
  readonly group: string | null
  readonly start: number
  readonly end: number
}

interface TruthFault {
  readonly kind: string
  readonly truth: string | null
  readonly group: string | null
  readonly start: number
  readonly end: number
  readonly said: string
}

interface Truth {
  readonly file_name: string
  readonly alts: readonly {
    readonly text: string
    readonly units: readonly TruthUnit[]
    readonly faults: readonly TruthFault[]
  }[]
  readonly graph: {
    readonly width: number
    readonly height: number
    readonly groups: readonly { readonly id: string; readonly box: Region }[]
  }
}

const UNIT_KINDS: Readonly<Record<string, UnitKind>> = {
  ...{ object: 'entity', setting: 'entity', place: 'relation', relation: 'relation' },
  ...{ action: 'action', count: 'count', size: 'attribute', colour: 'attribute' },
  'sign-text': 'quoted-text',
}

/** Faults that a look at the picture shows; boilerplate, spelling and names are no matter of the picture. */
const VISIBLE_FAULTS: Readonly<Record<string, UnitKind>> = {
  ...{ object: 'entity', inserted: 'entity', setting: 'relation', relation: 'relation' },
  ...{ count: 'count', size: 'attribute', colour: 'attribute', 'sign-text': 'quoted-text' },
}

/**
 * Stores the sample's ground truth about its alt-texts as if checks had found it, until there are checks: for tests
 * alone. Works on the project's file beside the core that has it open, because the core takes no verdicts from outside.
 */
export function storeSampleJudgements(projectFolder: string): {
  verdicts: number
  details: number
} {
  const lines = readFileSync(join(sampleFolder(), 'truth.jsonl'), 'utf8').trimEnd().split('\n')
  const db = new Database(projectFiles(projectFolder).database, { timeout: 5_000 })
  try {
    const findHash = db
      .prepare(
        `SELECT i.content_hash FROM image i JOIN image_location l ON l.image_id = i.id WHERE l.locator = ? LIMIT 1`,
      )
      .pluck()
    const stored = { verdicts: 0, details: 0 }
    db.transaction(() => {
      for (const line of lines) {
        const truth = JSON.parse(line) as Truth
        const imageHash = findHash.get(truth.file_name)
        if (typeof imageHash !== 'string') continue
        for (const alt of truth.alts) {
          const key = {
            ...{ imageHash, text: alt.text, packRevision: 'truth', calibrationId: 'truth' },
            algorithmVersion: 1,
          }
          const verdicts = toVerdicts(truth, alt)
          const details = toDetails(truth, alt)
          storeVerdicts(db, { key, verdicts })
          storeDetails(db, { key, details })
          stored.verdicts += verdicts.length
          stored.details += details.length
        }
      }
    }).immediate()
    return stored
  } finally {
    db.close()
  }
}

function toVerdicts(truth: Truth, alt: Truth['alts'][number]): Verdict[] {
  const wrong = alt.faults.filter(({ kind }) => Object.hasOwn(VISIBLE_FAULTS, kind))
  const supported = alt.units
    .filter((unit) => !wrong.some((fault) => fault.start < unit.end && unit.start < fault.end))
    .map((unit): Verdict => ({
      ...{ kind: UNIT_KINDS[unit.kind] ?? 'entity', start: unit.start, end: unit.end },
      ...{ status: 'supported', probability: 0.95, rival: null, reason: 'It is in the scene.' },
      region: regionOf(truth, unit.group),
    }))
  const unsupported = wrong.map((fault): Verdict => ({
    ...{ kind: VISIBLE_FAULTS[fault.kind] ?? 'entity', start: fault.start, end: fault.end },
    ...{ status: 'unsupported', probability: 0.04, rival: fault.truth },
    reason: fault.truth === null ? 'The scene has none.' : `The scene has “${fault.truth}”.`,
    region: regionOf(truth, fault.group),
  }))
  return [...supported, ...unsupported].toSorted((left, right) => left.start - right.start)
}

function toDetails(truth: Truth, alt: Truth['alts'][number]): Detail[] {
  return alt.faults
    .filter(({ kind }) => kind === 'missing')
    .map((fault, index) => ({
      ...{ id: `detail-${index + 1}`, phrase: fault.truth ?? '', probability: 0.9 },
      ...{ source: 'The scene', region: regionOf(truth, fault.group) },
      ...{ kind: 'thing' as const, instead: null },
    }))
}

function regionOf({ graph }: Truth, group: string | null): Region | null {
  const box = graph.groups.find(({ id }) => id === group)?.box
  if (box === undefined) return null
  return {
    x: box.x / graph.width,
    y: box.y / graph.height,
    width: box.width / graph.width,
    height: box.height / graph.height,
  }
}
