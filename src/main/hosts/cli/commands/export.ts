import { UsageError, type ExitCode, type ExportCommand } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { answerWithJob } from '../job-answer.ts'
import { readSubset } from '../subset-options.ts'

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
    const { jobId } = await client.exports.start({
      format: command.format,
      out: command.out,
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
    })
    return await answerWithJob(client, jobId, context, answering)
  } finally {
    await session.close()
  }
}
