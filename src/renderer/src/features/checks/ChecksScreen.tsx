import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { Page } from '../../components/Page.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { CalibrationPanel } from './CalibrationPanel.tsx'
import { CheckPanel } from './CheckPanel.tsx'
import { MarksGuide } from './MarksGuide.tsx'
import { SignalsPanel } from './SignalsPanel.tsx'
import { TrialPanel } from './TrialPanel.tsx'
import './ChecksScreen.css'

/** How captions are held against their pictures: how far that is, what it looks at, and how often it is right. */
export function ChecksScreen() {
  const { data: status } = useQuery({
    ...api.checks.status.queryOptions(),
    throwOnError: hasNothingToShow,
  })
  return (
    <Page
      title="Checks"
      lead="Captions are held against their pictures, word for word. A mark asks for a look; it never blocks anything, and your answer always wins."
      actions={<MarksGuide />}
    >
      {status === undefined ? (
        <Skeleton height="140px" />
      ) : (
        <>
          <CheckPanel status={status} />
          <SignalsPanel signals={status.signals} isSaid={status.pack === null} />
          {status.pack !== null && (
            <>
              <CalibrationPanel calibration={status.calibration} />
              <TrialPanel status={status} />
            </>
          )}
        </>
      )}
    </Page>
  )
}
