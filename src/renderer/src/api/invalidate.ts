import type { QueryClient } from '@tanstack/react-query'
import type { AppEvent } from '../../../shared/contract/events.ts'
import { api } from './client.ts'
import { refreshSettings } from './use-save-settings.ts'

/** Refetches at most this often for one topic, so that a fast import does not turn into a flood. */
const QUIET_MS: Readonly<Record<AppEvent['topic'], number>> = {
  project: 0,
  settings: 0,
  views: 0,
  recipes: 0,
  people: 300,
  resync: 0,
  heartbeat: 0,
  jobs: 250,
  images: 700,
}

/** Turns events into query invalidations: at once for the first, then coalesced per topic. */
export function createInvalidator(queryClient: QueryClient): (event: AppEvent) => void {
  const waiting = new Map<AppEvent['topic'], AppEvent[]>()

  function flush(topic: AppEvent['topic']): void {
    const events = waiting.get(topic) ?? []
    if (events.length === 0) {
      waiting.delete(topic)
      return
    }
    waiting.set(topic, [])
    setTimeout(() => {
      flush(topic)
    }, QUIET_MS[topic])
    invalidate(queryClient, events)
  }

  return (event) => {
    const queue = waiting.get(event.topic)
    if (queue !== undefined) {
      queue.push(event)
      return
    }
    waiting.set(event.topic, [event])
    flush(event.topic)
  }
}

function invalidate(queryClient: QueryClient, events: readonly AppEvent[]): void {
  const [first] = events
  if (first === undefined) return
  switch (first.topic) {
    case 'project':
      // Another project's rows must not flash up, so its data is dropped, not just marked.
      void queryClient.resetQueries()
      return
    case 'resync':
      void queryClient.invalidateQueries()
      return
    case 'settings':
      void refreshSettings(queryClient)
      return
    case 'views':
      void queryClient.invalidateQueries({ queryKey: api.views.key() })
      return
    case 'recipes':
      void queryClient.invalidateQueries({ queryKey: api.recipes.key() })
      return
    case 'people':
      void queryClient.invalidateQueries({ queryKey: api.people.key() })
      return
    case 'jobs':
      void queryClient.invalidateQueries({ queryKey: api.jobs.key() })
      // A job may have installed a model or computed vectors.
      void queryClient.invalidateQueries({ queryKey: api.models.list.key() })
      void queryClient.invalidateQueries({ queryKey: api.models.embedStatus.key() })
      void queryClient.invalidateQueries({ queryKey: api.models.status.key() })
      // A job may have looked for things and texts.
      void queryClient.invalidateQueries({ queryKey: api.findings.key() })
      // A job may have found duplicates.
      void queryClient.invalidateQueries({ queryKey: api.duplicates.key() })
      // A job may have checked captions, or installed what checks look with.
      void queryClient.invalidateQueries({ queryKey: api.checks.status.key() })
      // A job may have exported.
      void queryClient.invalidateQueries({ queryKey: api.recipes.runs.key() })
      // A job may have measured pictures.
      void queryClient.invalidateQueries({ queryKey: api.quality.status.key() })
      // A job may have measured captions.
      void queryClient.invalidateQueries({ queryKey: api.rounds.list.key() })
      return
    case 'images':
      void queryClient.invalidateQueries({ queryKey: api.library.key() })
      void queryClient.invalidateQueries({ queryKey: api.projects.stats.key() })
      void queryClient.invalidateQueries({ queryKey: api.duplicates.key() })
      void queryClient.invalidateQueries({ queryKey: api.checks.status.key() })
      void queryClient.invalidateQueries({ queryKey: api.quality.key() })
      void queryClient.invalidateQueries({ queryKey: api.insights.key() })
      void queryClient.invalidateQueries({ queryKey: api.review.key() })
      void queryClient.invalidateQueries({ queryKey: api.rounds.key() })
      invalidateImages(queryClient, events)
      return
    case 'heartbeat':
      return
  }
}

function invalidateImages(queryClient: QueryClient, events: readonly AppEvent[]): void {
  const ids = events.map((event) => (event.topic === 'images' ? event.imageIds : []))
  if (ids.includes(null)) {
    void queryClient.invalidateQueries({ queryKey: api.align.get.key() })
    return
  }
  for (const imageId of new Set(ids.flatMap((list) => list ?? []))) {
    void queryClient.invalidateQueries({ queryKey: api.align.get.key({ input: { imageId } }) })
  }
}
