import type { EmbedCommand, ExitCode } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { answerWithJob } from '../job-answer.ts'

/** Computes the vectors that are missing; an interrupted run goes on where it was. */
export async function runEmbed(
  command: EmbedCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    await client.projects.open({ folder: command.project })
    const { jobId } = await client.models.embed(command.pack === null ? {} : { pack: command.pack })
    return await answerWithJob(client, jobId, context, answering)
  } finally {
    await session.close()
  }
}
