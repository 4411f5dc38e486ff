import { client } from '../../api/client.ts'
import { useCommandHandlers } from '../../commands/CommandProvider.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { showNotice } from '../../notices/notice-store.ts'

/** Undo and redo mean here what they mean in the library. */
export function useDuplicateCommands(): void {
  useCommandHandlers({
    'library.undo': { run: () => step('undo') },
    'library.redo': { run: () => step('redo') },
  })
}

async function step(direction: 'undo' | 'redo'): Promise<void> {
  const { label, changed } = await client.align[direction]({ imageId: null })
  const done = direction === 'undo' ? 'Taken back' : 'Done again'
  showNotice({ title: `${done}: ${label}, ${formatCounted(changed, 'image')}` })
}
