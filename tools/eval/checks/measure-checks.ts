import { readShippedCalibration } from '../../../src/main/features/checks/shipped-calibration.ts'
import { createLooker, type Looker } from './collect.ts'
import { collectSet } from './collect-set.ts'
import { fitTable, writeTable } from './fit.ts'
import { measureSet, type CheckRow } from './measure-set.ts'
import { measureOwnCaptions } from './own-captions.ts'
import { CALIBRATION_SET, HELD_OUT_SETS, type SceneSet } from './scene-sets.ts'

interface Wish {
  /** Most scenes of a set; what was looked at before is read from the cache. */
  readonly scenes: number
  /** Told now and then how far it is. */
  readonly onProgress: (line: string) => void
}

/** Measures the shipped table on scenes that neither training nor calibration has seen. */
export async function measureChecks(wish: Wish): Promise<readonly CheckRow[]> {
  return withLooker(async (looker) => {
    const table = await readShippedCalibration(looker.pack)
    if (table === null)
      throw new Error(`No table is shipped for ${looker.pack.id}; make one first.`)
    const rows: CheckRow[] = []
    for (const set of HELD_OUT_SETS) {
      const records = await collect(set, looker, wish)
      rows.push(...measureSet(set.name, records, table))
      rows.push(...(await measureOwnCaptions(set, records, { looker, table })))
    }
    return rows
  })
}

/** Makes the shipped table from the calibration scenes alone, and says which signals were left out. */
export async function fitChecks(wish: Wish): Promise<readonly string[]> {
  return withLooker(async (looker) => {
    const { table, report } = fitTable(await collect(CALIBRATION_SET, looker, wish), looker.pack)
    return [...report, `written to ${await writeTable(table)}`]
  })
}

async function withLooker<Answer>(use: (looker: Looker) => Promise<Answer>): Promise<Answer> {
  const looker = await createLooker()
  try {
    return await use(looker)
  } finally {
    looker.close()
  }
}

function collect(set: SceneSet, looker: Looker, { scenes, onProgress }: Wish) {
  const count = Math.min(scenes, set.count)
  let done = 0
  return collectSet(set, {
    looker,
    count,
    onScene() {
      done += 1
      if (done % 20 === 0) onProgress(`${set.name}: ${String(done)} scenes looked at`)
    },
  })
}
