import type { Status } from '../../../shared/domain/status.ts'

interface StatusLook {
  readonly label: string
  /** Paths in a 16 by 16 box; each status has its own shape, so colour is never needed to tell them apart. */
  readonly paths: readonly string[]
}

/** The one place that says how a status looks; React badges and grid tiles both draw from it. */
export const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
  todo: { label: 'todo', paths: ['M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11'] },
  draft: { label: 'draft', paths: ['M10.8 2.8l2.4 2.4L6 12.4l-3.2.8.8-3.2z'] },
  submitted: { label: 'submitted', paths: ['M8 13V3', 'M3.8 7.2L8 3l4.2 4.2'] },
  accepted: { label: 'accepted', paths: ['M2.8 8.6l3.4 3.4 7-7.6'] },
  returned: { label: 'returned', paths: ['M5.5 3L2.5 6l3 3', 'M2.5 6h6.8a3.6 3.6 0 0 1 0 7.2H6'] },
  skipped: { label: 'skipped', paths: ['M3 3.5L7.5 8L3 12.5', 'M8.5 3.5L13 8l-4.5 4.5'] },
  discarded: { label: 'discarded', paths: ['M3.5 3.5l9 9', 'M12.5 3.5l-9 9'] },
}
