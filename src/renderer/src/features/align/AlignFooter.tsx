import { Diff, Highlighter, Redo2, Undo2 } from 'lucide-react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { keysOf } from '../../commands/key-bindings.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { NeighbourStrip } from './strip/NeighbourStrip.tsx'
import type { Strip } from './strip/use-strip.ts'

interface AlignFooterProps {
  readonly imageId: ImageId
  readonly strip: Strip
  readonly isDiffShown: boolean
  readonly isBlameShown: boolean
  readonly canSubmit: boolean
  readonly onGo: (imageId: ImageId) => void
}

/** The strip of images and the actions, which never move. */
export function AlignFooter({
  imageId,
  strip,
  isDiffShown,
  isBlameShown,
  canSubmit,
  onGo,
}: AlignFooterProps) {
  const run = useRun()
  return (
    <footer className="align-footer">
      <NeighbourStrip rows={strip.rows} imageId={imageId} onGo={onGo} />
      <div className="align-actions">
        <IconButton
          icon={Undo2}
          label="Undo"
          keys={keysOf('align.undo')[0]}
          onClick={() => run('align.undo')}
        />
        <IconButton
          icon={Redo2}
          label="Redo"
          keys={keysOf('align.redo')[0]}
          onClick={() => run('align.redo')}
        />
        <IconButton
          icon={Diff}
          label={isDiffShown ? 'Hide the diff' : 'Show the diff'}
          keys={keysOf('align.toggleDiff')[0]}
          aria-pressed={isDiffShown}
          onClick={() => run('align.toggleDiff')}
        />
        <IconButton
          icon={Highlighter}
          label={isBlameShown ? 'Hide who wrote each word' : 'Show who wrote each word'}
          keys={keysOf('align.toggleBlame')[0]}
          aria-pressed={isBlameShown}
          onClick={() => run('align.toggleBlame')}
        />
        <Button
          keys={keysOf('align.previous')[0]}
          disabled={strip.previous === undefined}
          onClick={() => run('align.previous')}
        >
          Back
        </Button>
        <Button
          variant="primary"
          keys={keysOf('align.submit')[0]}
          disabled={!canSubmit}
          onClick={() => run('align.submit')}
        >
          Submit and go on
        </Button>
      </div>
    </footer>
  )
}
