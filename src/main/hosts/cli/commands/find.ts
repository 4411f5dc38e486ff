import type { ExitCode, FindCommand } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { answerWithJob } from '../job-answer.ts'

/** Looks at the images that the pack has not looked at; an interrupted run goes on where it was. */
export async function runFind(
  command: FindCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    await client.projects.open({ folder: command.project })
    const { kind: task, where, pack } = command
    const { jobId } = await client.findings.find(
      pack === null ? { task, where } : { task, where, pack },
    )
    return await answerWithJob(client, jobId, context, answering)
  } finally {
    await session.close()
  }
}
