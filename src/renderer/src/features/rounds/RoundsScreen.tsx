import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { Button } from '../../components/Button.tsx'
import { Page } from '../../components/Page.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { RoundPanel } from './RoundPanel.tsx'
import { StartRoundDialog } from './StartRoundDialog.tsx'
import './RoundsScreen.css'

/** The passes over the data set: how each stands, who did what, and by which guideline. */
export function RoundsScreen() {
  const [isStarting, setStarting] = useState(false)
  const rounds = useQuery({ ...api.rounds.list.queryOptions(), throwOnError: hasNothingToShow })
  const isOwner = useIsOwner() === true
  const newest = rounds.data?.at(-1)
  return (
    <Page
      title="Rounds"
      lead="A round is a pass over the images. Each begins with the text that the one before accepted; the first begins with the alt-text."
      actions={
        isOwner ? (
          <Button
            variant="primary"
            icon={Plus}
            disabled={newest === undefined}
            onClick={() => {
              setStarting(true)
            }}
          >
            Start round {(newest?.number ?? 0) + 1}
          </Button>
        ) : (
          <p className="round-options">The owner starts rounds and writes their guidelines.</p>
        )
      }
    >
      {rounds.data === undefined && <Skeleton height="220px" />}
      {rounds.data?.toReversed().map((round) => (
        <RoundPanel key={round.number} round={round} isOwner={isOwner} />
      ))}
      <StartRoundDialog
        key={newest?.number ?? 0}
        isOpen={isStarting}
        number={(newest?.number ?? 0) + 1}
        onClose={() => {
          setStarting(false)
        }}
      />
    </Page>
  )
}
