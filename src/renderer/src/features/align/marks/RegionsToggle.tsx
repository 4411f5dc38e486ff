import { ScanText } from 'lucide-react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { keysOf } from '../../../commands/key-bindings.ts'
import { useCommandHandlers, useRun } from '../../../commands/CommandProvider.tsx'
import { formatCounted } from '../../../components/quantities.ts'
import { Tooltip } from '../../../components/Tooltip.tsx'
import type { Announcer } from '../announcer.ts'
import { useShownFindings } from '../FindingsProvider.tsx'
import { placesOf, type EvidenceLook } from './evidence.ts'

interface RegionsToggleProps {
  readonly imageId: ImageId
  readonly announcer: Announcer
  readonly areShown: boolean
  readonly onChange: (areShown: boolean) => void
}

const LOOK_WORDS: Readonly<Record<EvidenceLook, string>> = {
  unsupported: 'not seen here',
  unsure: 'perhaps here',
  supported: 'seen here',
  detail: 'seen here and unsaid',
}

/** Shows all places where the caption was looked for, on the picture and as a list that can be read out. */
export function RegionsToggle({ imageId, announcer, areShown, onChange }: RegionsToggleProps) {
  const run = useRun()
  const { findings } = useShownFindings(imageId)
  const places = findings === null ? [] : placesOf(findings)
  useCommandHandlers({
    'align.toggleRegions': {
      run: () => {
        onChange(!areShown)
        if (areShown) announcer.say('Places in the picture are hidden')
        else if (places.length > 0) announcer.say(`${describe(places.length)} shown`)
        else announcer.say('Shown from now on; nothing was looked for in this picture yet')
      },
    },
  })
  if (places.length === 0) return null
  const summary = `Caption looked for at ${describe(places.length)}`
  return (
    <>
      <Tooltip text={`${summary}: show or hide`} keys={keysOf('align.toggleRegions')[0]} side="top">
        <button
          type="button"
          className="stage-tool"
          aria-label={summary}
          aria-pressed={areShown}
          onClick={() => run('align.toggleRegions')}
        >
          <ScanText className="icon" aria-hidden />
          <span className="numeric">{places.length}</span>
        </button>
      </Tooltip>
      {areShown && (
        <ul className="visually-hidden" aria-label="Where the caption was looked for">
          {places.map(({ label, look, region }, index) => (
            <li key={index}>
              {`${label}: ${LOOK_WORDS[look]}, ${Math.round((region.x + region.width / 2) * 100)} % from the left, ${Math.round((region.y + region.height / 2) * 100)} % from the top`}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function describe(count: number): string {
  return formatCounted(count, 'place')
}
