import { resolve } from 'node:path'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { parseMapOption } from '../../../shared/domain/column-map-option.ts'
import { CONCEPT_TEXTS } from '../../../shared/contract/subset.ts'
import type { ColumnMap } from '../../../shared/domain/column-roles.ts'
import { MAX_CONCEPTS } from '../../../shared/domain/concept-list.ts'
import {
  UsageError,
  type Command,
  type ConceptsCommand,
  type DuplicatesCommand,
  type ExportCommand,
  type ImportCommand,
  type Invocation,
  type RunRecipeCommand,
  type SearchCommand,
  type ServeCommand,
} from './command.ts'
import {
  readAll,
  readChoice,
  readNumber,
  readText,
  readWhole,
  type Values,
} from './option-values.ts'
import { EXPORT_OPTIONS, readExportOptions } from './export-options.ts'
import { readSubsetOptions, SUBSET_OPTIONS } from './subset-options.ts'

const COMMON = {
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

const IMPORT = {
  project: { type: 'string' },
  format: { type: 'string' },
  map: { type: 'string', multiple: true },
} as const satisfies ParseArgsOptionsConfig

const EXPORT = {
  project: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  where: { type: 'string' },
  recipe: { type: 'string' },
  'recipe-version': { type: 'string' },
  ...EXPORT_OPTIONS,
  check: { type: 'boolean' },
  ...SUBSET_OPTIONS,
} as const satisfies ParseArgsOptionsConfig

const CONCEPTS = {
  project: { type: 'string' },
  where: { type: 'string' },
  texts: { type: 'string' },
  top: { type: 'string' },
  seed: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const PROJECT_ONLY = { project: { type: 'string' } } as const satisfies ParseArgsOptionsConfig

const EMBED = {
  project: { type: 'string' },
  pack: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const FIND = {
  ...EMBED,
  where: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const CHECK = {
  project: { type: 'string' },
  where: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const SEARCH = {
  ...EMBED,
  like: { type: 'string', multiple: true },
  minus: { type: 'string', multiple: true },
  where: { type: 'string' },
  top: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const DUPLICATES = {
  ...EMBED,
  distance: { type: 'string' },
  cosine: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const SERVE = {
  project: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'no-open': { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig

const LOOPBACK = '127.0.0.1'
const MAX_PORT = 65_535
const DEFAULT_TOP = 20
const MAX_TOP = 500
const MAX_SEED = 0xffff_ffff
const MAX_IMAGE_NUMBER = 4_294_967_295

/** Throws UsageError with a sentence that says what was expected and what came. */
export function readArguments(argv: readonly string[], baseFolder: string): Invocation {
  const [name, ...rest] = argv
  switch (name) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return plain({ kind: 'help' })
    case 'version':
    case '--version':
    case '-v':
      return plain({ kind: 'version' })
    case 'import':
      return read(rest, IMPORT, (values, words) => readImport(values, words, baseFolder))
    case 'export':
      return read(rest, EXPORT, (values, words) => readExport(values, words, baseFolder))
    case 'recipes':
      return read(rest, PROJECT_ONLY, (values, words) => {
        refuseWords('recipes', words)
        return { kind: 'recipes', project: readFolder('recipes', values, 'project', baseFolder) }
      })
    case 'concepts':
      return read(rest, CONCEPTS, (values, words) => readConcepts(values, words, baseFolder))
    case 'stats':
      return read(rest, PROJECT_ONLY, (values, words) => {
        refuseWords('stats', words)
        return { kind: 'stats', project: readFolder('stats', values, 'project', baseFolder) }
      })
    case 'embed':
      return read(rest, EMBED, (values, words) => {
        refuseWords('embed', words)
        return {
          kind: 'embed',
          project: readFolder('embed', values, 'project', baseFolder),
          pack: readText(values, 'pack'),
        }
      })
    case 'detect':
    case 'ocr':
      return read(rest, FIND, (values, words) => {
        refuseWords(name, words)
        return {
          kind: name,
          project: readFolder(name, values, 'project', baseFolder),
          pack: readText(values, 'pack'),
          where: readText(values, 'where') ?? '',
        }
      })
    case 'check':
      return read(rest, CHECK, (values, words) => {
        refuseWords('check', words)
        return {
          kind: 'check',
          project: readFolder('check', values, 'project', baseFolder),
          where: readText(values, 'where') ?? '',
        }
      })
    case 'calibrate':
      return read(rest, PROJECT_ONLY, (values, words) => {
        refuseWords('calibrate', words)
        return {
          kind: 'calibrate',
          project: readFolder('calibrate', values, 'project', baseFolder),
        }
      })
    case 'search':
      return read(rest, SEARCH, (values, words) => readSearch(values, words, baseFolder))
    case 'duplicates':
      return read(rest, DUPLICATES, (values, words) => readDuplicates(values, words, baseFolder))
    case 'serve':
      return read(rest, SERVE, (values, words) => readServe(values, words, baseFolder))
    default:
      throw new UsageError(
        name.startsWith('-')
          ? `The first word must be a command, not "${name}". Try "realign help".`
          : `There is no command "${name}". The commands are import, export, recipes, concepts, stats, embed, detect, ocr, check, calibrate, search, duplicates, serve and help.`,
      )
  }
}

function plain(command: Command): Invocation {
  return { command, isJson: false, isQuiet: false }
}

function read(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
  make: (values: Values, words: readonly string[]) => Command,
): Invocation {
  const { values, positionals } = parse(args, { ...COMMON, ...options })
  if (values['help'] === true) return plain({ kind: 'help' })
  return {
    command: make(values, positionals),
    isJson: values['json'] === true,
    isQuiet: values['quiet'] === true,
  }
}

function parse(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
): { values: Values; positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function readImport(values: Values, words: readonly string[], baseFolder: string): ImportCommand {
  const [source, ...rest] = words
  if (source === undefined) {
    throw new UsageError('import needs a SOURCE: a folder of images or a table of alt-texts.')
  }
  refuseWords('import', rest)
  return {
    kind: 'import',
    source: resolve(baseFolder, source),
    project: readFolder('import', values, 'project', baseFolder),
    format: readText(values, 'format'),
    map: readMap(values['map']),
  }
}

const MAX_VERSION = 1_000_000
/** What may stand beside a recipe, which says all the rest. */
const BESIDE_RECIPE = new Set(['recipe', 'recipe-version', 'project', 'out', 'json', 'quiet'])

function readRecipe(values: Values, recipe: string, baseFolder: string): RunRecipeCommand {
  const other = Object.keys(values).find((name) => !BESIDE_RECIPE.has(name))
  if (other !== undefined) {
    throw new UsageError(
      `--recipe says all that decides an export, so --${other} cannot stand beside it.`,
    )
  }
  const version = readText(values, 'recipe-version')
  return {
    ...{ kind: 'run-recipe', recipe },
    project: readFolder('export', values, 'project', baseFolder),
    out: readFolder('export', values, 'out', baseFolder),
    version: version === null ? null : readWhole('recipe-version', version, MAX_VERSION),
  }
}

function readExport(
  values: Values,
  words: readonly string[],
  baseFolder: string,
): ExportCommand | RunRecipeCommand {
  refuseWords('export', words)
  const recipe = readText(values, 'recipe')
  if (recipe !== null) return readRecipe(values, recipe, baseFolder)
  const format = readText(values, 'format')
  if (format === null) {
    throw new UsageError('export needs --format F, e.g. --format jsonl, or --recipe NAME.')
  }
  const options = readExportOptions(values)
  return {
    kind: 'export',
    project: readFolder('export', values, 'project', baseFolder),
    out: values['check'] === true ? null : readFolder('export', values, 'out', baseFolder),
    format,
    where: typeof values['where'] === 'string' ? values['where'] : '',
    options,
    subset: readSubsetOptions(values, options.seed, baseFolder),
  }
}

function readSearch(values: Values, words: readonly string[], baseFolder: string): SearchCommand {
  const [text = '', ...rest] = words
  refuseWords('search', rest)
  const like = readAll(values, 'like').map((word) => readWhole('like', word, MAX_IMAGE_NUMBER))
  if (text.trim() === '' && like.length === 0) {
    throw new UsageError('search needs a TEXT that says what images should show, or --like N.')
  }
  const top = readText(values, 'top')
  return {
    kind: 'search',
    project: readFolder('search', values, 'project', baseFolder),
    pack: readText(values, 'pack'),
    text,
    minus: readAll(values, 'minus'),
    like,
    where: typeof values['where'] === 'string' ? values['where'] : '',
    top: top === null ? DEFAULT_TOP : readWhole('top', top, MAX_TOP),
  }
}

function readConcepts(
  values: Values,
  words: readonly string[],
  baseFolder: string,
): ConceptsCommand {
  refuseWords('concepts', words)
  const range = { from: 1, to: MAX_CONCEPTS, isWhole: true }
  return {
    kind: 'concepts',
    project: readFolder('concepts', values, 'project', baseFolder),
    where: readText(values, 'where') ?? '',
    texts: readChoice(values, 'texts', CONCEPT_TEXTS) ?? 'caption-or-alt',
    most: readNumber(values, 'top', range),
    seed: readNumber(values, 'seed', { from: 0, to: MAX_SEED, isWhole: true }) ?? 0,
  }
}

function readDuplicates(
  values: Values,
  words: readonly string[],
  baseFolder: string,
): DuplicatesCommand {
  refuseWords('duplicates', words)
  return {
    kind: 'duplicates',
    project: readFolder('duplicates', values, 'project', baseFolder),
    pack: readText(values, 'pack'),
    hashDistance: readNumber(values, 'distance', { from: 0, to: 10, isWhole: true }),
    cosine: readNumber(values, 'cosine', { from: 0.8, to: 1, isWhole: false }),
  }
}

function readServe(values: Values, words: readonly string[], baseFolder: string): ServeCommand {
  refuseWords('serve', words)
  const project = readText(values, 'project')
  return {
    kind: 'serve',
    project: project === null ? null : resolve(baseFolder, project),
    port: readPort(readText(values, 'port')),
    host: readText(values, 'host') ?? LOOPBACK,
    mayOpenBrowser: values['no-open'] !== true,
  }
}

function refuseWords(command: string, words: readonly string[]): void {
  if (words.length === 0) return
  throw new UsageError(
    `${command} does not know what to do with "${words.join(' ')}". Quote names that hold spaces.`,
  )
}

function readFolder(command: string, values: Values, name: string, baseFolder: string): string {
  const folder = readText(values, name)
  if (folder === null) throw new UsageError(`${command} needs --${name} DIR.`)
  return resolve(baseFolder, folder)
}

function readPort(text: string | null): number | null {
  if (text === null) return null
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port
  throw new UsageError(`--port is a number from 0 (any free port) to ${MAX_PORT}, not "${text}".`)
}

function readMap(value: Values[string]): ColumnMap | null {
  if (!Array.isArray(value)) return null
  try {
    return parseMapOption(value.map(String).join(','))
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
