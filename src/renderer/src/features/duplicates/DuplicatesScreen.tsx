import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Page, Panel } from '../../components/Page.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { GroupPanel } from './GroupPanel.tsx'
import { LookPanel } from './LookPanel.tsx'
import { useDuplicateCommands } from './use-duplicate-commands.ts'
import './DuplicatesScreen.css'

const PAGE = 10

/** Images that look alike, group by group: which to keep, and what to do with the others. */
export function DuplicatesScreen() {
  const [position, setPosition] = useState(0)
  const status = useQuery({ ...api.duplicates.status.queryOptions(), throwOnError: true }).data
  const page = useQuery({
    ...api.duplicates.page.queryOptions({ input: { position, limit: PAGE } }),
    placeholderData: keepPreviousData,
  }).data
  useDuplicateCommands()
  // Groups that were dealt with leave the list, and the last page may be gone with them.
  if (page !== undefined && position > 0 && position >= page.total) {
    setPosition(Math.max(0, Math.floor((page.total - 1) / PAGE) * PAGE))
  }
  return (
    <Page
      title="Duplicates"
      lead="Images that look alike. Files with the same bytes are one image already; these are copies that were scaled, cropped or saved anew."
    >
      {status === undefined ? <Skeleton height="140px" /> : <LookPanel last={status.run} />}
      {status !== undefined && status.run !== null && page !== undefined && (
        <>
          <p role="status" className="duplicates-count">
            {page.total === 0
              ? 'No group is left to look at.'
              : `${formatCounted(page.total, 'group')}, ${position + 1} to ${Math.min(position + PAGE, page.total)} shown`}
          </p>
          {page.groups.map((group) => (
            <GroupPanel key={`${status.run?.id ?? 0} ${group.number}`} group={group} />
          ))}
          {page.total > PAGE && (
            <Panel>
              <div className="duplicates-pages">
                <Button
                  disabled={position === 0}
                  onClick={() => {
                    setPosition(Math.max(0, position - PAGE))
                  }}
                >
                  Groups before
                </Button>
                <Button
                  disabled={position + PAGE >= page.total}
                  onClick={() => {
                    setPosition(position + PAGE)
                  }}
                >
                  Next groups
                </Button>
              </div>
            </Panel>
          )}
        </>
      )}
    </Page>
  )
}
