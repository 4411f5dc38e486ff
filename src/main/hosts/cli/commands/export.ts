import type { ExportCheck } from '../../../../shared/contract/exports.ts'
import { EXIT, UsageError, type ExitCode, type ExportCommand } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { answerWithJob } from '../job-answer.ts'
import { readSubset } from '../subset-options.ts'

/** More than any project has: who asks here waits for all of them. */
const MOST_CHECKED = 100_000_000

export async function runExport(
  command: ExportCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    const known = (await client.exports.formats()).map((format) => format.id)
    if (!known.includes(command.format)) {
      throw new UsageError(
        `There is no export format "${command.format}". The formats are ${known.join(', ')}.`,
      )
    }
    await client.projects.open({ folder: command.project })
    const request = {
      format: command.format,
      where: command.where,
      subset: await readSubset(command.subset, async (texts) => {
        const { where, subset } = command
        const { concepts } = await client.exports.concepts({
          where,
          texts,
          seed: subset.steps.seed,
        })
        return concepts.map(({ concept }) => concept)
      }),
      options: command.options,
    }
    if (command.out === null) {
      const check = await client.exports.check({ ...request, most: MOST_CHECKED })
      return printCheck(check, context, answering)
    }
    const { jobId } = await client.exports.start({ ...request, out: command.out })
    return await answerWithJob(client, jobId, context, answering)
  } finally {
    await session.close()
  }
}

function printCheck(check: ExportCheck, context: CliContext, answering: Answering): ExitCode {
  const { images, counts, findings } = check
  if (answering.isJson) context.out(`${JSON.stringify(check)}\n`)
  else {
    context.out(`${counts.done} of ${images} images would be written\n`)
    for (const { weight, images: count, message, query, examples } of findings) {
      const words = count === null ? message : `${count} ${message}`
      const isMore = count !== null && count > examples.length
      const named = [...examples, ...(isMore ? ['…'] : [])].join(', ')
      context.out(`  ${weight}: ${words}\n`)
      if (examples.length > 0) context.out(`    ${named}\n`)
      if (query !== null) context.out(`    query: ${query}\n`)
    }
  }
  return findings.some(({ weight }) => weight === 'problem') ? EXIT.itemErrors : EXIT.done
}
