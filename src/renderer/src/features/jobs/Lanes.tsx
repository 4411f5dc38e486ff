import { useQuery } from '@tanstack/react-query'
import { Pause, Play } from 'lucide-react'
import { api } from '../../api/client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'

const LANE_NAMES = { io: 'Files', cpu: 'Processor', gpu: 'Graphics' } as const

/** Pauses all work of a kind, and lets it go on. */
export function Lanes() {
  const run = useRun()
  const lanes = useQuery(api.jobs.lanes.queryOptions()).data ?? []
  if (useIsOwner() === false) return null
  return lanes.map(({ lane, isPaused }) => (
    <Button
      key={lane}
      icon={isPaused ? Play : Pause}
      aria-pressed={isPaused}
      title={`${isPaused ? 'Go on with' : 'Pause'} all ${LANE_NAMES[lane].toLowerCase()} work`}
      onClick={() => run('jobs.pauseLane', { lane, paused: !isPaused })}
    >
      {LANE_NAMES[lane]}
      {isPaused ? ': paused' : ''}
    </Button>
  ))
}
