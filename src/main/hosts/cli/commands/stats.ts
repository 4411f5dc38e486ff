import { EXIT, type ExitCode, type StatsCommand } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'

export async function runStats(
  command: StatsCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    // Looking changes nothing, so it works while another Realign has the project open.
    await session.client.projects.open({ folder: command.project, readOnly: true })
    const stats = await session.client.projects.stats()
    if (answering.isJson) {
      context.out(`${JSON.stringify(stats)}\n`)
      return EXIT.done
    }
    const { byStatus, ...counts } = stats
    for (const [name, value] of [...Object.entries(counts), ...Object.entries(byStatus)]) {
      context.out(`${name}: ${value}\n`)
    }
    return EXIT.done
  } finally {
    await session.close()
  }
}
