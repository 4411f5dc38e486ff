import { ScanEye, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf } from '../../../commands/key-bindings.ts'
import type { CommandId } from '../../../commands/command.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { Tooltip } from '../../../components/Tooltip.tsx'
import { TRAINER_SIDE } from './TrainerView.tsx'
import type { Stage } from './use-stage.ts'

/** Zoom and preview buttons over the lower edge of the stage. */
export function StageTools({ stage }: { readonly stage: Stage }) {
  const run = useRun()
  const { view, viewport, geometry, isTrainerView } = stage
  const percent = Math.round(viewport.scale * geometry.pixelRatio * 100)
  const shown = isTrainerView ? null : view.kind
  return (
    <div className="stage-tools" role="toolbar" aria-label="Picture">
      <ToolButton id="align.zoomFit" label="Fit the whole picture" isOn={shown === 'fit'}>
        Fit
      </ToolButton>
      <ToolButton
        id="align.zoomActual"
        label="1:1, one picture pixel to one screen pixel"
        isOn={shown === 'actual'}
      >
        1:1
      </ToolButton>
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
      <ToolButton
        id="align.toggleTrainerView"
        label={`As the trainer sees it, at ${TRAINER_SIDE} pixels`}
        isOn={isTrainerView}
      >
        <ScanEye className="icon" aria-hidden />
        <span className="stage-tool-text">As the trainer sees it</span>
      </ToolButton>
    </div>
  )
}

interface ToolButtonProps {
  readonly id: 'align.zoomFit' | 'align.zoomActual' | 'align.toggleTrainerView'
  readonly label: string
  readonly isOn: boolean
  readonly children: ReactNode
}

function ToolButton({ id, label, isOn, children }: ToolButtonProps) {
  const run = useRun()
  return (
    <Tooltip text={label} keys={firstKey(id)} side="top">
      <button
        type="button"
        className="stage-tool"
        aria-label={label}
        aria-pressed={isOn}
        onClick={() => run(id)}
      >
        {children}
      </button>
    </Tooltip>
  )
}

function firstKey(id: CommandId): string | undefined {
  return keysOf(id)[0]
}
