import { readdir } from 'node:fs/promises'
import { UsageError, type ExitCode, type ImportCommand } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { answerWithJob } from '../job-answer.ts'

/** Makes or opens the project and imports; a source that was left half imported goes on where it was. */
export async function runImport(
  command: ImportCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    if (command.format !== null) {
      const known = (await client.imports.formats()).map((format) => format.id)
      if (!known.includes(command.format)) {
        throw new UsageError(
          `There is no import format "${command.format}". The formats are ${known.join(', ')}.`,
        )
      }
    }
    const folder = { folder: command.project }
    if (await isMissingOrEmpty(command.project)) await client.projects.create(folder)
    else await client.projects.open(folder)
    const { jobId } = await client.imports.start({
      path: command.source,
      ...(command.format === null ? {} : { format: command.format }),
      ...(command.map === null ? {} : { map: { ...command.map } }),
    })
    return await answerWithJob(client, jobId, context, answering)
  } finally {
    await session.close()
  }
}

async function isMissingOrEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (error) {
    // Anything else (a file, no permission) is the project's to explain.
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}
