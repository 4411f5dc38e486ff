import { Command } from 'cmdk'
import { Dialog as RadixDialog } from 'radix-ui'
import type { CommandGroup, CommandRow } from '../commands/command.ts'
import { currentRows } from '../commands/key-bindings.ts'
import { useCommandRegistry } from '../commands/CommandProvider.tsx'
import { Keys } from '../components/Keys.tsx'
import { useDialogFocus } from '../components/use-dialog-focus.ts'
import './Palette.css'

/** What belongs to the screen at hand comes first. */
const GROUPS: readonly CommandGroup[] = [
  'Align',
  'Proposals',
  'Review',
  'Export',
  'Library',
  'Go to',
  'Project',
  'View',
  'Help',
]

interface PaletteProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Every command that can be run now, found by typing part of its name. */
export function Palette({ isOpen, onClose }: PaletteProps) {
  const focus = useDialogFocus()
  return (
    <RadixDialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="dialog-scrim" />
        <RadixDialog.Content className="palette" {...focus} aria-describedby={undefined}>
          <RadixDialog.Title className="visually-hidden">Find or run</RadixDialog.Title>
          <PaletteList onClose={onClose} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

function PaletteList({ onClose }: { readonly onClose: () => void }) {
  const registry = useCommandRegistry()
  const rows = currentRows().filter((row) => row.isKeyOnly !== true && registry.canRun(row.id))
  const groups = GROUPS.filter((group) => rows.some((row) => row.group === group))
  return (
    <Command label="Find or run" loop>
      <Command.Input data-autofocus placeholder="Type what you want to do" />
      <Command.List>
        <Command.Empty>No command has that name.</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={group}>
            {rows
              .filter((row) => row.group === group)
              .map((row) => (
                <PaletteRow
                  key={row.label}
                  row={row}
                  onSelect={() => {
                    onClose()
                    // After the dialog gave the focus back, so that commands may move it on.
                    setTimeout(() => registry.runRow(row))
                  }}
                />
              ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}

function PaletteRow({
  row,
  onSelect,
}: {
  readonly row: CommandRow
  readonly onSelect: () => void
}) {
  const Icon = row.icon
  const keys = row.keys?.[0]
  return (
    <Command.Item value={`${row.group} ${row.label}`} onSelect={onSelect}>
      <span className="menu-mark">
        {Icon !== undefined && <Icon className="icon" aria-hidden />}
      </span>
      <span className="menu-text">{row.label}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </Command.Item>
  )
}
