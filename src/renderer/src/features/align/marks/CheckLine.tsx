import { useIsOwner } from '../../../api/use-is-owner.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { useShownCheck } from './LiveCheckProvider.tsx'
import './CheckLine.css'

/** Whether the caption was held against the picture, in one quiet line whose place never changes. */
export function CheckLine() {
  const check = useShownCheck()
  const run = useRun()
  const isOwner = useIsOwner() === true
  switch (check.kind) {
    case 'off':
      return null
    case 'checking':
      return <p className="check-line check-line-busy">Looking at the picture…</p>
    case 'checked':
      return <p className="check-line">Checked against the picture.</p>
    case 'failed':
      return (
        <p className="check-line">
          Not checked against the picture: that failed. The next change tries again.
        </p>
      )
    case 'missing':
      return (
        <p className="check-line">
          <span title={check.message}>Not checked against the picture. {check.message}</span>
          {check.isPack && isOwner && (
            <button type="button" className="check-line-way" onClick={() => run('app.goToModels')}>
              Models
            </button>
          )}
        </p>
      )
  }
}
