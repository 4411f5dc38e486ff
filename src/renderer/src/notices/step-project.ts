import { client } from '../api/client.ts'
import { formatCounted } from '../components/quantities.ts'
import { dismissNotice, showNotice, type Notice } from './notice-store.ts'
import { reportError } from './report-error.ts'

/** A change of a few images is over before anybody could read that it is under way. */
const SLOW_MS = 500

/** Takes the person's newest change of any image back, or does it again, and says what it was. */
export async function stepProject(direction: 'undo' | 'redo'): Promise<void> {
  const isUndo = direction === 'undo'
  const shown: number[] = []
  const timer = setTimeout(() => {
    const title = isUndo ? 'Taking back…' : 'Doing again…'
    const text = 'A change of very many images takes a while. You can go on working.'
    shown.push(showNotice({ title, text, staysUntilDismissed: true }))
  }, SLOW_MS)
  try {
    const { label, changed } = await client.align[direction]({ imageId: null })
    const done = isUndo ? 'Taken back' : 'Done again'
    showNotice({ title: `${done}: ${label}, ${formatCounted(changed, 'image')}` })
  } finally {
    clearTimeout(timer)
    shown.forEach(dismissNotice)
  }
}

/** The button of a notice that tells of a change to many images. */
export const UNDO_ACTION: NonNullable<Notice['action']> = {
  label: 'Undo',
  run: () => {
    stepProject('undo').catch(reportError)
  },
}
