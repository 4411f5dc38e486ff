import { Keys } from '../components/Keys.tsx'
import type { CommandRow } from './command.ts'
import './KeyList.css'

/** The keys that no command owns, because they move the focus within the grid. */
const GRID_KEYS = [
  { label: 'Move', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] },
  { label: 'First, last', keys: ['Home', 'End'] },
  { label: 'Page up, page down', keys: ['PageUp', 'PageDown'] },
  { label: 'Select or unselect', keys: ['Space'] },
  { label: 'Select up to here', keys: ['Shift+Space'] },
  { label: 'Open in Align', keys: ['Enter'] },
]

/** Commands that have keys, by area, in columns. */
export function KeyList({ rows }: { readonly rows: readonly CommandRow[] }) {
  const keyed = rows.filter((row) => row.keys !== undefined && row.keys.length > 0)
  const groups = [...new Set(keyed.map((row) => row.group))]
  return (
    <div className="key-list">
      {groups.map((group) => (
        <KeyGroup key={group} title={group} rows={keyed.filter((row) => row.group === group)} />
      ))}
      <KeyGroup title="In the grid" rows={GRID_KEYS} />
    </div>
  )
}

interface KeyGroupProps {
  readonly title: string
  readonly rows: readonly { readonly label: string; readonly keys?: readonly string[] }[]
}

function KeyGroup({ title, rows }: KeyGroupProps) {
  return (
    <section className="key-group">
      <h3>{title}</h3>
      <dl>
        {rows.map((row) => (
          <div key={row.label} className="key-row">
            <dt>{row.label}</dt>
            <dd>
              {(row.keys ?? []).map((keys) => (
                <Keys key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
