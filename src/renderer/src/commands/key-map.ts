import type { CommandRow } from './command.ts'

/** Keys that a person gave to commands, by the name of the command's line; an empty list takes its keys away. */
export type KeyMap = Readonly<Record<string, readonly string[]>>

/** The name of a line of the command table, stable over versions: keys are stored under it. */
export function rowName(row: Pick<CommandRow, 'id' | 'args'>): string {
  return row.args === undefined ? row.id : `${row.id} ${JSON.stringify(row.args)}`
}

/** The table with a person's keys in the place of the default ones. Names that no line has are left alone. */
export function withKeys(rows: readonly CommandRow[], map: KeyMap): readonly CommandRow[] {
  return rows.map((row): CommandRow => {
    const keys = map[rowName(row)]
    return keys === undefined ? row : { ...row, keys }
  })
}

export interface KeyConflict {
  readonly keys: string
  readonly rows: readonly CommandRow[]
}

/** Screens that are never open at once, by the first part of a command's id; all others go with every screen. */
const SCREENS: ReadonlyMap<string, string> = new Map([
  ['library', 'library'],
  ['align', 'align'],
  ['proposals', 'align'],
  ['conflict', 'align'],
  ['review', 'review'],
  ['export', 'export'],
])

/** Keys that mean two things in one place; only the first of them would ever run. */
export function findKeyConflicts(rows: readonly CommandRow[]): readonly KeyConflict[] {
  const byKeys = new Map<string, CommandRow[]>()
  for (const row of rows) {
    for (const keys of row.keys ?? []) {
      const name = normalKeys(keys)
      byKeys.set(name, [...(byKeys.get(name) ?? []), row])
    }
  }
  return [...byKeys].flatMap(([keys, sharing]) => {
    const colliding = sharing.filter((row) =>
      sharing.some((other) => other !== row && canMeet(row, other)),
    )
    return colliding.length === 0 ? [] : [{ keys, rows: colliding }]
  })
}

/** The binding of a key press, as the table writes it; null for a press that cannot be one. */
export function readPressedKeys(
  press: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  isMac: boolean,
): string | null {
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'Dead', 'Process'].includes(press.key)) {
    return null
  }
  if (isMac ? press.ctrlKey : press.metaKey) return null
  const mod = isMac ? press.metaKey : press.ctrlKey
  const key = baseKey(press)
  // Shift is part of how a symbol is typed, so only letters, digits and named keys write it.
  const isSymbol = key.length === 1 && !/[a-z0-9]/i.test(key)
  const parts = [mod && 'Mod', press.altKey && 'Alt', press.shiftKey && !isSymbol && 'Shift', key]
  return parts.filter((part) => part !== false).join('+')
}

/** With Alt or Shift a layout may type something else than the key is called. */
function baseKey({
  key,
  code,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'shiftKey'>) {
  if (key === ' ') return 'Space'
  const physical = /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase()
  if ((altKey || shiftKey) && physical !== undefined) return physical
  return key.length === 1 ? key.toLowerCase() : key
}

function canMeet(one: CommandRow, other: CommandRow): boolean {
  const screens = [screenOf(one), screenOf(other)]
  return screens.includes(null) || screens[0] === screens[1]
}

function screenOf({ id }: CommandRow): string | null {
  return SCREENS.get(id.split('.')[0] ?? '') ?? null
}

function normalKeys(keys: string): string {
  return keys.length > 1 ? keys.toLowerCase() : keys
}
