import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../../shared/errors.ts'
import type { Client } from '../../../http/rpc-client.ts'
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
    // Before the project: a slip of the finger should not leave an empty one behind.
    await requireSource(command.source)
    await openOrCreate(client, command.project)
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

async function requireSource(source: string): Promise<void> {
  try {
    await access(source)
  } catch (cause) {
    throw new AppError(
      'SOURCE_NOT_FOUND',
      `There is no readable file or folder "${basename(source)}" to import. Check the path.`,
      { cause },
    )
  }
}

async function openOrCreate(client: Client, folder: string): Promise<void> {
  try {
    await client.projects.open({ folder })
  } catch (error) {
    if (!isProjectNotFound(error)) throw error
    await client.projects.create({ folder })
  }
}

function isProjectNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PROJECT_NOT_FOUND'
}
