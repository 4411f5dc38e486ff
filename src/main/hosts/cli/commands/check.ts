import type { CheckedImage } from '../../../../shared/contract/checks.ts'
import type { Client } from '../../../http/rpc-client.ts'
import type { CheckCommand, ExitCode } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { awaitJob, describeJob, printJob } from '../job-answer.ts'

const PAGE = 200
const END_OF_IMAGES = ']}'

/** Checks the texts that were not checked yet, and prints what was found of all that the query matches. */
export async function runCheck(
  command: CheckCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    await client.projects.open({ folder: command.project })
    const { where } = command
    const { jobId } = await client.checks.start({ where })
    const { job, errors, exitCode } = await awaitJob(client, jobId, context, answering)
    if (answering.isJson) {
      // One document, written an image at a time: that of a large project is longer than a string may be.
      const head = JSON.stringify({ ...describeJob(job, errors), images: [] })
      context.out(head.slice(0, -END_OF_IMAGES.length))
      let separator = ''
      for await (const image of reportOf(client, where)) {
        context.out(`${separator}${JSON.stringify(describeImage(image))}`)
        separator = ','
      }
      context.out(`${END_OF_IMAGES}\n`)
      return exitCode
    }
    for await (const image of reportOf(client, where)) printImage(image, context)
    printJob(job, errors, context)
    return exitCode
  } finally {
    await session.close()
  }
}

async function* reportOf(client: Client, where: string): AsyncGenerator<CheckedImage> {
  let after: CheckedImage['imageId'] | null = null
  for (;;) {
    const page: CheckedImage[] = await client.checks.report({ where, after, limit: PAGE })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.imageId
  }
}

/** Evidence is what the signals said; a signal that could not look is absent. */
function describeImage({ imageId, verdicts, ...image }: CheckedImage): object {
  const { name, text, details, coverage, fit } = image
  return {
    image: imageId,
    name,
    text,
    units:
      verdicts?.map(({ start, end, signals, ...verdict }) => ({
        ...{ start, end, words: text.slice(start, end), ...verdict, evidence: signals },
      })) ?? null,
    ...{ details, coverage, fit },
  }
}

function printImage({ imageId, name, text, verdicts }: CheckedImage, context: CliContext): void {
  if (verdicts === null) return
  const count = (status: string): number =>
    verdicts.filter((verdict) => verdict.status === status).length
  context.out(
    `${imageId}\t${name}\t${count('supported')} supported, ${count('unsure')} unsure, ${count('unsupported')} unsupported\n`,
  )
  for (const { status, start, end, probability, reason, answer } of verdicts) {
    if (status !== 'unsupported') continue
    const answered = answer === null ? '' : `\tanswered: ${answer}`
    const words = text.slice(start, end)
    context.out(`\t“${words}”\t${probability?.toFixed(2) ?? ''}\t${reason}${answered}\n`)
  }
}
