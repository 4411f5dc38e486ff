import type { CalibrationTrial } from '../../../../shared/contract/checks.ts'
import type { CalibrateCommand, ExitCode } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { awaitJob, describeJob, printJob } from '../job-answer.ts'

/** Measures the checks on the labels of a project, and prints what became of each kind of units. */
export async function runCalibrate(
  command: CalibrateCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    await client.projects.open({ folder: command.project })
    const { jobId } = await client.checks.calibrate()
    const { job, errors, exitCode } = await awaitJob(client, jobId, context, answering)
    const { calibration, trial } = await client.checks.status()
    if (answering.isJson) {
      context.out(`${JSON.stringify({ ...describeJob(job, errors), calibration, trial })}\n`)
      return exitCode
    }
    for (const kind of trial?.kinds ?? []) context.out(`${describeKind(kind)}\n`)
    printJob(job, errors, context)
    return exitCode
  } finally {
    await session.close()
  }
}

function describeKind({
  kind,
  labelled,
  answered,
  refusal,
  basis,
  own,
}: CalibrationTrial['kinds'][number]): string {
  const held =
    own === null
      ? ''
      : `\t${own.marked} marked, ${percent(own.falseAlarms)} wrong; ${own.passed} passed, ${percent(own.missed)} wrong`
  return `${kind}\t${labelled} labelled, ${answered} of them by answers\t${refusal ?? USED_WORDS[basis]}${held}`
}

const USED_WORDS = {
  labels: 'used',
  limits: 'shipped table with limits of these captions',
} as const

function percent(share: number | null): string {
  return share === null ? 'none' : `${Math.round(share * 100)} %`
}
