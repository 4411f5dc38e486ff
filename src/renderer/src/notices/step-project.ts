import { client } from '../api/client.ts'
import { formatCounted } from '../components/quantities.ts'
import { showNotice } from './notice-store.ts'

/** Takes the person's newest change of any image back, or does it again, and says what it was. */
export async function stepProject(direction: 'undo' | 'redo'): Promise<void> {
  const { label, changed } = await client.align[direction]({ imageId: null })
  const done = direction === 'undo' ? 'Taken back' : 'Done again'
  showNotice({ title: `${done}: ${label}, ${formatCounted(changed, 'image')}` })
}
