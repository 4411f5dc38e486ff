import type { CommandId, CommandRow } from './command.ts'
import { COMMAND_TABLE } from './command-table.ts'
import { rowName, withKeys, type KeyMap } from './key-map.ts'

let given: KeyMap = {}
let rows: readonly CommandRow[] = COMMAND_TABLE

/** The one table that keys, menus, the palette and the key list read: every command with the keys it has now. */
export function currentRows(): readonly CommandRow[] {
  return rows
}

/**
 * Puts a person's keys in force for the window. The frame calls it while it renders, so that all that is drawn below
 * it shows the new keys.
 */
export function setKeys(map: KeyMap): void {
  if (map === given) return
  given = map
  rows = withKeys(COMMAND_TABLE, map)
}

/** The keys that a command has now; without arguments those of its first line in the table. */
export function keysOf(id: CommandId, args?: CommandRow['args']): readonly string[] {
  const name = args === undefined ? undefined : rowName({ id, args })
  const row = rows.find((candidate) =>
    name === undefined ? candidate.id === id : rowName(candidate) === name,
  )
  return row?.keys ?? []
}
