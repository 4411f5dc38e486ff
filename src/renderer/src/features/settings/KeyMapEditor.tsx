import { RotateCcw } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import type { CommandRow } from '../../commands/command.ts'
import { COMMAND_TABLE } from '../../commands/command-table.ts'
import {
  findKeyConflicts,
  readPressedKeys,
  rowName,
  withKeys,
  type KeyConflict,
  type KeyMap,
} from '../../commands/key-map.ts'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { IS_MAC, keyCaps } from '../../components/key-names.ts'
import { Keys } from '../../components/Keys.tsx'
import { TextField } from '../../components/TextField.tsx'
import './KeyMapEditor.css'

interface KeyMapEditorProps {
  readonly map: KeyMap
  readonly onChange: (map: KeyMap) => void
}

/** Every command with its keys, to be found by name and given other ones; keys that collide are said at both. */
export function KeyMapEditor({ map, onChange }: KeyMapEditorProps) {
  const [wanted, setWanted] = useState('')
  const rows = withKeys(COMMAND_TABLE, map)
  const conflicts = findKeyConflicts(rows)
  const shown = rows.filter((row) => isNamed(row, wanted))
  const groups = [...new Set(shown.map((row) => row.group))]
  return (
    <div className="key-map">
      <div className="key-map-tools">
        <TextField label="Find a command" value={wanted} onChange={setWanted} />
        <Button
          icon={RotateCcw}
          disabled={Object.keys(map).length === 0}
          onClick={() => {
            onChange({})
          }}
        >
          Default keys for all
        </Button>
      </div>
      {conflicts.length > 0 && (
        <p className="key-map-warning" role="alert">
          {conflicts.length === 1 ? 'One key means' : `${conflicts.length} keys mean`} two things.
          Only the first of them happens.
        </p>
      )}
      {groups.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <ul>
            {shown
              .filter((row) => row.group === group)
              .map((row) => (
                <KeyMapRow
                  key={rowName(row)}
                  row={row}
                  conflict={conflicts.find(({ rows: sharing }) => sharing.includes(row))}
                  isOwn={map[rowName(row)] !== undefined}
                  onKeys={(keys) => {
                    onChange(changeKeys(map, row, keys))
                  }}
                />
              ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className="side-hint">No command has that name.</p>}
    </div>
  )
}

interface KeyMapRowProps {
  readonly row: CommandRow
  readonly conflict: KeyConflict | undefined
  readonly isOwn: boolean
  /** Null gives the default keys back. */
  readonly onKeys: (keys: readonly string[] | null) => void
}

function KeyMapRow({ row, conflict, isOwn, onKeys }: KeyMapRowProps) {
  const [isListening, setListening] = useState(false)
  const others = conflict?.rows.filter((other) => other !== row).map((other) => other.label) ?? []

  function listen(event: KeyboardEvent): void {
    if (!isListening || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') {
      setListening(false)
      return
    }
    if (event.key === 'Backspace' || event.key === 'Delete') {
      setListening(false)
      onKeys([])
      return
    }
    const keys = readPressedKeys(event, IS_MAC)
    if (keys === null) return
    setListening(false)
    onKeys([keys])
  }

  return (
    <li className="key-map-row" data-conflict={conflict !== undefined || undefined}>
      <span className="key-map-label">
        {row.label}
        {others.length > 0 && <small>Also: {others.join(', ')}</small>}
      </span>
      {isOwn && (
        <IconButton
          icon={RotateCcw}
          label={`Default keys of: ${row.label}`}
          onClick={() => {
            onKeys(null)
          }}
        />
      )}
      <button
        type="button"
        className="key-map-keys"
        aria-pressed={isListening}
        onKeyDown={listen}
        onBlur={() => {
          setListening(false)
        }}
        onClick={() => {
          setListening(true)
        }}
      >
        <span className="visually-hidden">Keys of: {row.label}. </span>
        {isListening ? (
          <>
            Press the keys
            <span className="visually-hidden">; Escape leaves them, Backspace takes them away</span>
          </>
        ) : (row.keys ?? []).length === 0 ? (
          <span className="key-map-none">none</span>
        ) : (
          <>
            <span className="visually-hidden">{(row.keys ?? []).map(nameKeys).join(' or ')}</span>
            {(row.keys ?? []).map((keys) => (
              <Keys key={keys} keys={keys} />
            ))}
          </>
        )}
      </button>
    </li>
  )
}

function nameKeys(keys: string): string {
  return keyCaps(keys, IS_MAC).join('+')
}

function isNamed(row: CommandRow, wanted: string): boolean {
  const text = `${row.group} ${row.label} ${(row.keys ?? []).join(' ')}`.toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((part) => text.includes(part))
}

function changeKeys(map: KeyMap, row: CommandRow, keys: readonly string[] | null): KeyMap {
  const { [rowName(row)]: _, ...others } = map
  return keys === null ? others : { ...others, [rowName(row)]: keys }
}
