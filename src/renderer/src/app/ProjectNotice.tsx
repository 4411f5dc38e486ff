import { useQuery } from '@tanstack/react-query'
import { TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { IconButton } from '../components/IconButton.tsx'
import './ConnectionBanner.css'

/** What the user must know about the open project: repaired, read-only, or from a backup. */
export function ProjectNotice() {
  const project = useQuery(api.projects.current.queryOptions()).data
  const [dismissed, setDismissed] = useState('')
  const notice = project?.notice ?? null
  if (notice === null || notice === dismissed) return null
  return (
    <div className="connection-banner" role="status">
      <TriangleAlert className="icon" aria-hidden />
      <span className="grow">{notice}</span>
      <IconButton
        icon={X}
        label="Dismiss"
        onClick={() => {
          setDismissed(notice)
        }}
      />
    </div>
  )
}
