import {
  EXIT,
  UsageError,
  type ExitCode,
  type RecipesCommand,
  type RunRecipeCommand,
} from '../command.ts'
import type { Answering, CliContext } from '../context.ts'
import { answerWithJob } from '../job-answer.ts'

/** Lists the recipes of a project. */
export async function runRecipes(
  command: RecipesCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    // Looking changes nothing, so it works while another Realign has the project open.
    await session.client.projects.open({ folder: command.project, readOnly: true })
    const recipes = await session.client.recipes.list()
    if (answering.isJson) {
      context.out(`${JSON.stringify(recipes)}\n`)
      return EXIT.done
    }
    for (const { name, version, content } of recipes) {
      const query = content.where === '' ? 'all images' : content.where
      context.out(`${name} (version ${version}): ${content.format}, ${query}\n`)
    }
    return EXIT.done
  } finally {
    await session.close()
  }
}

/** Exports by a recipe that was saved. */
export async function runRecipe(
  command: RunRecipeCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const session = await context.openSession()
  try {
    const { client } = session
    await client.projects.open({ folder: command.project })
    const recipes = await client.recipes.list()
    const wanted = command.recipe.toLowerCase()
    const recipe = recipes.find(({ name }) => name.toLowerCase() === wanted)
    if (recipe === undefined) {
      const known = recipes.map(({ name }) => `"${name}"`).join(', ')
      throw new UsageError(
        `There is no recipe "${command.recipe}" in this project. ${known === '' ? 'It has none.' : `It has ${known}.`}`,
      )
    }
    const { jobId } = await client.recipes.run({
      ...{ id: recipe.id, out: command.out },
      ...(command.version === null ? {} : { version: command.version }),
    })
    return await answerWithJob(client, jobId, context, answering)
  } finally {
    await session.close()
  }
}
