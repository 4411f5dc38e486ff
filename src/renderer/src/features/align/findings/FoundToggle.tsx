import { BoxSelect } from 'lucide-react'
import { keysOf } from '../../../commands/key-bindings.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { formatCounted } from '../../../components/quantities.ts'
import { Tooltip } from '../../../components/Tooltip.tsx'
import type { FoundThings } from './use-found-things.ts'

/** The control beside the picture, and what is drawn over the picture as a list that can be read out. */
export function FoundToggle({ found }: { readonly found: FoundThings }) {
  const run = useRun()
  if (!found.isLookedAt) return null
  const { boxes, lines, isShown } = found
  const what = [
    boxes.length > 0 ? formatCounted(boxes.length, 'thing') : '',
    lines.length > 0 ? formatCounted(lines.length, 'line of text', 'lines of text') : '',
  ].filter((part) => part !== '')
  const summary = what.length === 0 ? 'Models found nothing' : `Models found ${what.join(', ')}`
  return (
    <>
      <Tooltip text={`${summary}: show or hide`} keys={keysOf('align.toggleFound')[0]} side="top">
        <button
          type="button"
          className="stage-tool"
          aria-label={summary}
          aria-pressed={isShown}
          onClick={() => run('align.toggleFound')}
        >
          <BoxSelect className="icon" aria-hidden />
          <span className="numeric">{boxes.length + lines.length}</span>
        </button>
      </Tooltip>
      {isShown && what.length > 0 && (
        <ul className="visually-hidden" aria-label="Found in the picture">
          {boxes.map(({ label, score }, index) => (
            <li key={`box ${index}`}>{`${label}, ${Math.round(score * 100)} % sure`}</li>
          ))}
          {lines.map(({ text }, index) => (
            <li key={`line ${index}`}>{`Text: ${text}`}</li>
          ))}
        </ul>
      )}
    </>
  )
}
