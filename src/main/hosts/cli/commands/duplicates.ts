import type { DuplicatesCommand, ExitCode } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { answerWithJob } from '../job-answer.ts'

/** Groups the images that look alike; the groups stand until the next look. */
export async function runDuplicates(
  command: DuplicatesCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    await client.projects.open({ folder: command.project })
    const { hashDistance, cosine, pack } = command
    const { jobId } = await client.duplicates.find({
      ...(hashDistance === null ? {} : { hashDistance }),
      ...(cosine === null ? {} : { cosine }),
      ...(pack === null ? {} : { pack }),
    })
    return await answerWithJob(client, jobId, context, answering)
  } finally {
    await session.close()
  }
}
