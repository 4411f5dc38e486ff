import { isAbortError } from '../../../shared/errors.ts'
import { appVersion } from '../../base/app-paths.ts'
import { EXIT, UsageError, type ExitCode, type Invocation } from './command.ts'
import { runCalibrate } from './commands/calibrate.ts'
import { runCheck } from './commands/check.ts'
import { runConcepts } from './commands/concepts.ts'
import { runDuplicates } from './commands/duplicates.ts'
import { runEmbed } from './commands/embed.ts'
import { runExport } from './commands/export.ts'
import { runFind } from './commands/find.ts'
import { runImport } from './commands/import.ts'
import { runRecipe, runRecipes } from './commands/recipes.ts'
import { runSearch } from './commands/search.ts'
import { runServe } from './commands/serve.ts'
import { runStats } from './commands/stats.ts'
import type { Answering, CliContext } from './context.ts'
import { createProgress, noProgress } from './progress-line.ts'
import { readArguments } from './read-arguments.ts'
import { USAGE } from './usage.ts'

/** Mistakes that only the core can see, but that the person made while typing the command. */
const USAGE_CODES = new Set(['MAPPING_INVALID', 'QUERY_INVALID'])

/** Runs one command and answers its exit code. Never rejects: every failure is printed. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  // Known before the arguments are read, because a mistake in them is answered in JSON too.
  const isJson = argv.includes('--json')
  try {
    return await dispatch(readArguments(argv, context.baseFolder), context)
  } catch (error) {
    return reportFailure(error, isJson, context)
  }
}

function dispatch(invocation: Invocation, context: CliContext): Promise<ExitCode> | ExitCode {
  const { command, isJson, isQuiet } = invocation
  const answering: Answering = {
    isJson,
    progress: isQuiet
      ? noProgress
      : createProgress({ write: context.err, isTerminal: context.isTerminal, now: Date.now }),
  }
  switch (command.kind) {
    case 'help':
      context.out(USAGE)
      return EXIT.done
    case 'version':
      context.out(`${appVersion()}\n`)
      return EXIT.done
    case 'import':
      return runImport(command, context, answering)
    case 'export':
      return runExport(command, context, answering)
    case 'run-recipe':
      return runRecipe(command, context, answering)
    case 'recipes':
      return runRecipes(command, context, answering)
    case 'concepts':
      return runConcepts(command, context, answering)
    case 'stats':
      return runStats(command, context, answering)
    case 'embed':
      return runEmbed(command, context, answering)
    case 'detect':
    case 'ocr':
      return runFind(command, context, answering)
    case 'calibrate':
      return runCalibrate(command, context, answering)
    case 'check':
      return runCheck(command, context, answering)
    case 'search':
      return runSearch(command, context, answering)
    case 'duplicates':
      return runDuplicates(command, context, answering)
    case 'serve':
      return runServe(command, context, answering)
  }
}

interface Failure {
  readonly exitCode: ExitCode
  readonly code: string
  readonly message: string
}

function reportFailure(error: unknown, isJson: boolean, context: CliContext): ExitCode {
  const { exitCode, code, message } = describeFailure(error)
  if (isJson) context.out(`${JSON.stringify({ error: { code, message } })}\n`)
  context.err(`realign: ${message}${exitCode === EXIT.usage ? ' See "realign help".' : ''}\n`)
  return exitCode
}

function describeFailure(error: unknown): Failure {
  if (error instanceof UsageError) {
    return { exitCode: EXIT.usage, code: 'USAGE', message: error.message }
  }
  if (isAbortError(error)) {
    return {
      exitCode: EXIT.failed,
      code: 'INTERRUPTED',
      message: 'Stopped. Nothing is lost: run the same command again to go on from here.',
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  const code = readCode(error)
  return { exitCode: USAGE_CODES.has(code) ? EXIT.usage : EXIT.failed, code, message }
}

function readCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : 'INTERNAL'
}
