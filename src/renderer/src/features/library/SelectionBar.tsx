import { Download, Replace, ScanText, Tag, X } from 'lucide-react'
import type { LibraryRow } from '../../../../shared/contract/library.ts'
import { STATUSES } from '../../../../shared/domain/status.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { keysOf } from '../../commands/key-bindings.ts'
import { Button } from '../../components/Button.tsx'
import { Keys } from '../../components/Keys.tsx'
import { Menu, MenuItem } from '../../components/Menu.tsx'
import { formatCount } from '../../components/quantities.ts'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import './SelectionBar.css'

interface SelectionBarProps {
  readonly selectedCount: number
  readonly active: { readonly index: number; readonly row: LibraryRow | undefined }
  readonly total: number | undefined
}

/** The bottom line: what is selected and what can be done with it, else where the focus is. */
export function SelectionBar({ selectedCount, active, total }: SelectionBarProps) {
  const run = useRun()
  const isOwner = useIsOwner()
  if (selectedCount === 0) return <ActiveRow active={active} total={total} />
  return (
    <>
      <span className="selection-count" role="status">
        <strong>{formatCount(selectedCount)}</strong> selected
      </span>
      <Menu side="top" trigger={<Button size="small">Status</Button>}>
        {STATUSES.map((status) => (
          <MenuItem
            key={status}
            keys={keysOf('library.setStatus', { status })[0]}
            onSelect={() => run('library.setStatus', { status })}
          >
            <StatusBadge status={status} />
          </MenuItem>
        ))}
      </Menu>
      <Button
        size="small"
        icon={Tag}
        keys={keysOf('library.editTags')[0]}
        onClick={() => run('library.editTags')}
      >
        Tag
      </Button>
      <Button
        size="small"
        icon={Replace}
        keys={keysOf('library.editTexts')[0]}
        onClick={() => run('library.editTexts')}
      >
        Edit captions
      </Button>
      {isOwner === true && (
        <>
          <Button
            size="small"
            icon={ScanText}
            keys={keysOf('library.checkCaptions')[0]}
            onClick={() => run('library.checkCaptions')}
          >
            Check captions
          </Button>
          <Button size="small" icon={Download} onClick={() => run('library.exportSelection')}>
            Export
          </Button>
        </>
      )}
      <Button
        size="small"
        variant="quiet"
        icon={X}
        keys={keysOf('library.clearSelection')[0]}
        onClick={() => run('library.clearSelection')}
      >
        Clear
      </Button>
    </>
  )
}

function ActiveRow({ active: { index, row }, total }: Pick<SelectionBarProps, 'active' | 'total'>) {
  if (total === undefined || total === 0) return null
  return (
    <>
      <span className="numeric">{`${formatCount(index + 1)} of ${formatCount(total)}`}</span>
      <span className="selection-name" dir="auto">
        {row?.name ?? ''}
      </span>
      <span className="selection-hints" aria-hidden>
        <Keys keys="Enter" /> align
        <Keys keys="Space" /> select
        <Keys keys="?" /> keys
      </span>
    </>
  )
}
