import { ALIGN_COMMANDS } from './align-commands.ts'
import { APP_COMMANDS } from './app-commands.ts'
import type { CommandRow } from './command.ts'
import { COMPARE_COMMANDS } from './compare-commands.ts'
import { EXPORT_COMMANDS } from './export-commands.ts'
import { LIBRARY_COMMANDS } from './library-commands.ts'
import { MARK_COMMANDS } from './mark-commands.ts'
import { REVIEW_COMMANDS } from './review-commands.ts'

/** Every command with its default keys. What is shown and pressed reads `currentRows`, which has the person's own. */
export const COMMAND_TABLE: readonly CommandRow[] = [
  ...APP_COMMANDS,
  ...LIBRARY_COMMANDS,
  ...ALIGN_COMMANDS,
  ...COMPARE_COMMANDS,
  ...MARK_COMMANDS,
  ...REVIEW_COMMANDS,
  ...EXPORT_COMMANDS,
]
