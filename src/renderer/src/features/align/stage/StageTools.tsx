import { Maximize, Scan, ScanEye, ZoomIn, ZoomOut } from 'lucide-react'
import { keysOf } from '../../../commands/command-table.ts'
import type { CommandId } from '../../../commands/command.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import type { Stage } from './use-stage.ts'

/** Zoom and preview buttons over the lower edge of the stage. */
export function StageTools({ stage }: { readonly stage: Stage }) {
  const run = useRun()
  const { view, viewport, geometry, isTrainerView } = stage
  const percent = Math.round(viewport.scale * geometry.pixelRatio * 100)
  const shown = isTrainerView ? null : view.kind
  return (
    <div className="stage-tools" role="toolbar" aria-label="Picture">
      <IconButton
        icon={Maximize}
        label="Fit"
        keys={firstKey('align.zoomFit')}
        aria-pressed={shown === 'fit'}
        onClick={() => run('align.zoomFit')}
      />
      <IconButton
        icon={Scan}
        label="1:1"
        keys={firstKey('align.zoomActual')}
        aria-pressed={shown === 'actual'}
        onClick={() => run('align.zoomActual')}
      />
      <span className="stage-tools-line" aria-hidden />
      <IconButton
        icon={ZoomOut}
        label="Zoom out"
        keys={firstKey('align.zoomOut')}
        onClick={() => run('align.zoomOut')}
      />
      <output className="stage-percent" aria-label="Zoom">
        {percent} %
      </output>
      <IconButton
        icon={ZoomIn}
        label="Zoom in"
        keys={firstKey('align.zoomIn')}
        onClick={() => run('align.zoomIn')}
      />
      <span className="stage-tools-line" aria-hidden />
      <button
        type="button"
        className="stage-trainer"
        aria-pressed={isTrainerView}
        title="See what is left of the picture at the size that most models are trained on (T)"
        onClick={() => run('align.toggleTrainerView')}
      >
        <ScanEye className="icon" aria-hidden />
        As the trainer sees it
      </button>
    </div>
  )
}

function firstKey(id: CommandId): string | undefined {
  return keysOf(id)[0]
}
