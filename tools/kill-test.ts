import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runCommandLane } from './kill-test/command-lane.ts'
import { runEditingLane } from './kill-test/editing-lane.ts'
import { buildProgram } from './program.ts'
import { makeSource } from './kill-test/source.ts'
import { Tally } from './kill-test/tally.ts'
import { createRandom } from './scenes/random.ts'

const USAGE = `Usage: npm run kill -- [--kills N] [--seed N] [--keep]

Kills Realign at random moments (SIGKILL) while it imports, exports and is edited, and compares what is left with
what was acknowledged. Prints one JSON document on standard output, and what happens on standard error. Exit code 1
when anything acknowledged was lost or anything else done by half. --keep leaves the temporary folder.
`

/** Of all kills; the others meet commands. */
const SHARE_OF_EDITING = 0.64

interface Options {
  readonly kills: number
  readonly seed: string
  readonly isKept: boolean
}

function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const kills = Number(values.kills)
  if (values.help || !Number.isInteger(kills) || kills < 1) return null
  return { kills, seed: values.seed, isKept: values.keep }
}

async function run(options: Options, folder: string, tally: Tally): Promise<void> {
  const program = await buildProgram(join(folder, 'data'))
  tally.say(`${options.kills} kills of Realign, seed ${options.seed}`)
  const makeRandom = (name: string) => createRandom(`kill-test:${options.seed}:${name}`)
  const make = (name: string, pictures: number, sizePx: number) =>
    makeSource({ folder: join(folder, name), pictures, sizePx, random: makeRandom(name) })
  const base = await make('base', 120, 48)
  const extra = [await make('first-extra', 150, 320), await make('second-extra', 150, 320)]
  const source = await make('commands', 300, 320)
  const editing = Math.ceil(options.kills * SHARE_OF_EDITING)
  // Side by side: each waits for processes most of the time.
  const lanes = await Promise.allSettled([
    runEditingLane({
      ...{ program, tally, base, extra, kills: editing },
      folder: join(folder, 'editing'),
      random: makeRandom('editing'),
    }),
    runCommandLane({
      ...{ program, tally, source, kills: options.kills - editing },
      folder: join(folder, 'command-line'),
      random: makeRandom('command-line'),
    }),
  ])
  // Both have ended here, so nothing is written into the folder any more.
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === null) {
    process.stderr.write(USAGE)
    process.exitCode = 2
    return
  }
  const startedAt = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'realign-kill-'))
  const tally = new Tally((line) => void process.stderr.write(`${line}\n`))
  try {
    await run(options, folder, tally)
  } catch (error) {
    tally.violate('the test itself', [error instanceof Error ? (error.stack ?? '') : String(error)])
  } finally {
    if (options.isKept) tally.say(`Kept: ${folder}`)
    else await rm(folder, { recursive: true, force: true })
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  const { violations } = tally
  process.stdout.write(`${JSON.stringify({ seed: options.seed, seconds, ...tally.summary() })}\n`)
  tally.say(
    `${tally.kills} kills in ${seconds} s, ${tally.acknowledgedWrites} acknowledged writes: ` +
      (violations.length === 0 ? 'nothing lost' : `${violations.length} violations`),
  )
  process.exitCode = violations.length === 0 ? 0 : 1
}

await main()
