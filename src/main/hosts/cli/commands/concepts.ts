import { EXIT, type ConceptsCommand, type ExitCode } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'

/** Lists what the texts mostly name, a concept a line, as `--concepts` reads it. */
export async function runConcepts(
  command: ConceptsCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    const { project, where, texts, most, seed } = command
    // Looking changes nothing, so it works while another Realign has the project open.
    await client.projects.open({ folder: project, readOnly: true })
    const found = await client.exports.concepts({
      ...{ where, texts, seed },
      ...(most === null ? {} : { most }),
    })
    if (answering.isJson) {
      context.out(`${JSON.stringify(found)}\n`)
      return EXIT.done
    }
    for (const { concept } of found.concepts) context.out(`${concept}\n`)
    if (found.sampled < found.of) {
      context.err(`Counted in ${found.sampled} of ${found.of} images, drawn by the seed.\n`)
    }
    return EXIT.done
  } finally {
    await session.close()
  }
}
