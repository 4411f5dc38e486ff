import type { ImageId } from '../../../../shared/domain/ids.ts'
import { EXIT, type ExitCode, type SearchCommand } from '../command.ts'
import type { Answering, CliContext } from '../context.ts'

const SCORE_DIGITS = 4

/** Prints the images that show what was asked for, best first. */
export async function runSearch(
  command: SearchCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    // Looking changes nothing, so it works while another Realign has the project open.
    await client.projects.open({ folder: command.project, readOnly: true })
    const answer = await client.models.search({
      text: command.text,
      minus: [...command.minus],
      like: command.like.map((id) => id as ImageId),
      where: command.where,
      top: command.top,
      ...(command.pack === null ? {} : { pack: command.pack }),
    })
    if (answering.isJson) {
      context.out(`${JSON.stringify(answer)}\n`)
      return EXIT.done
    }
    for (const { rank, score, imageId, name } of answer.rows) {
      context.out(`${rank}\t${score.toFixed(SCORE_DIGITS)}\t${imageId}\t${name}\n`)
    }
    for (const note of answer.notes) context.err(`${note}\n`)
    return EXIT.done
  } finally {
    await session.close()
  }
}
