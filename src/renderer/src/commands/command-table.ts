import { ALIGN_COMMANDS } from './align-commands.ts'
import { APP_COMMANDS } from './app-commands.ts'
import type { CommandId, CommandRow } from './command.ts'
import { COMPARE_COMMANDS } from './compare-commands.ts'
import { LIBRARY_COMMANDS } from './library-commands.ts'

/** The one table that keys, menus, the palette and the key list read. */
export const COMMAND_TABLE: readonly CommandRow[] = [
  ...APP_COMMANDS,
  ...LIBRARY_COMMANDS,
  ...ALIGN_COMMANDS,
  ...COMPARE_COMMANDS,
]

/** The default keys of a command, of its first line in the table. */
export function keysOf(id: CommandId): readonly string[] {
  return COMMAND_TABLE.find((row) => row.id === id)?.keys ?? []
}
