import type { ColumnMap } from '../../../shared/domain/column-roles.ts'
import type { ExportOptions } from '../../../shared/contract/exports.ts'
import type { Subset } from '../../../shared/contract/subset.ts'

/** The steps as they were asked for; the concepts are still in a file, or in the texts of the project. */
export interface AskedSubset {
  readonly steps: Omit<Subset, 'balance'>
  readonly balance:
    | (Omit<NonNullable<Subset['balance']>, 'concepts'> & {
        /** Null takes them from the texts. */
        readonly conceptsFile: string | null
      })
    | null
}

export interface ImportCommand {
  readonly kind: 'import'
  readonly source: string
  readonly project: string
  readonly format: string | null
  readonly map: ColumnMap | null
}

export interface ExportCommand {
  readonly kind: 'export'
  readonly project: string
  /** Null writes nothing and says what is wrong with the choice. */
  readonly out: string | null
  readonly format: string
  readonly where: string
  readonly options: ExportOptions
  readonly subset: AskedSubset
}

export interface RunRecipeCommand {
  readonly kind: 'run-recipe'
  readonly project: string
  readonly out: string
  readonly recipe: string
  /** Null for the newest. */
  readonly version: number | null
}

export interface RecipesCommand {
  readonly kind: 'recipes'
  readonly project: string
}

export interface ConceptsCommand {
  readonly kind: 'concepts'
  readonly project: string
  readonly where: string
  readonly texts: NonNullable<Subset['balance']>['texts']
  /** Null for the usual number. */
  readonly most: number | null
  readonly seed: number
}

export interface StatsCommand {
  readonly kind: 'stats'
  readonly project: string
}

export interface EmbedCommand {
  readonly kind: 'embed'
  readonly project: string
  readonly pack: string | null
}

export interface FindCommand {
  /** What to look for: things, or text. */
  readonly kind: 'detect' | 'ocr'
  readonly project: string
  readonly pack: string | null
  readonly where: string
}

export interface CheckCommand {
  readonly kind: 'check'
  readonly project: string
  readonly where: string
}

export interface CalibrateCommand {
  readonly kind: 'calibrate'
  readonly project: string
}

export interface DuplicatesCommand {
  readonly kind: 'duplicates'
  readonly project: string
  readonly pack: string | null
  /** Null for Realign's own. */
  readonly hashDistance: number | null
  readonly cosine: number | null
}

export interface SearchCommand {
  readonly kind: 'search'
  readonly project: string
  readonly pack: string | null
  /** What images should show; may be empty when `like` names images. */
  readonly text: string
  readonly minus: readonly string[]
  readonly like: readonly number[]
  readonly where: string
  readonly top: number
}

export interface ServeCommand {
  readonly kind: 'serve'
  readonly project: string | null
  readonly port: number | null
  readonly host: string
  readonly mayOpenBrowser: boolean
}

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | ImportCommand
  | ExportCommand
  | RunRecipeCommand
  | RecipesCommand
  | ConceptsCommand
  | StatsCommand
  | EmbedCommand
  | FindCommand
  | SearchCommand
  | DuplicatesCommand
  | CheckCommand
  | CalibrateCommand
  | ServeCommand

/** What was asked, and how to answer. Paths are absolute. */
export interface Invocation {
  readonly command: Command
  readonly isJson: boolean
  readonly isQuiet: boolean
}

/** Exit codes, a promise to scripts. */
export const EXIT = { done: 0, itemErrors: 1, usage: 2, failed: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The command line itself is wrong; nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
