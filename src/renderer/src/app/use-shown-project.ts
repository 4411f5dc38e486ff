import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../api/client.ts'
import { eventStream, useAppEvents } from '../api/events.ts'
import { shownProjectUid, showProject } from '../api/this-window.ts'

/**
 * Keeps the project that writes are for. It moves on only after everything of the project before was forgotten, also
 * when the event that says so was lost with the connection.
 */
export function useShownProject(): void {
  const uid = useQuery(api.projects.current.queryOptions()).data?.uid
  const wasTold = useRef(false)
  useAppEvents((event) => {
    if (event.topic === 'project') wasTold.current = true
  })
  useEffect(() => {
    if (uid === undefined) return
    const before = shownProjectUid()
    if (before !== null && before !== uid && !wasTold.current) {
      eventStream.tell({ topic: 'project' })
    }
    wasTold.current = false
    showProject(uid)
  }, [uid])
}
