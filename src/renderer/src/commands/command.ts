import type { LucideIcon } from 'lucide-react'
import type { CommandArguments } from './command-arguments.ts'

export type CommandId = keyof CommandArguments

export type CommandGroup =
  'Go to' | 'Library' | 'Align' | 'Proposals' | 'Review' | 'Export' | 'Project' | 'View' | 'Help'

interface Row<Id extends CommandId> {
  readonly id: Id
  /** What the palette, menus and the key list call it. */
  readonly label: string
  readonly group: CommandGroup
  readonly icon?: LucideIcon
  readonly keys?: readonly string[]
  readonly args?: CommandArguments[Id]
  /** Left out of the palette: keys that only make sense where the focus is. */
  readonly isKeyOnly?: boolean
  /** False keeps the keys from firing while a text field has the focus, e.g. Mod+A there selects text. */
  readonly worksInText?: boolean
}

/**
 * One line of the command table. A command that needs arguments has a line for each choice worth a
 * key or a place in the palette; without a line it can still be run from code.
 */
export type CommandRow = { readonly [Id in CommandId]: Row<Id> }[CommandId]
