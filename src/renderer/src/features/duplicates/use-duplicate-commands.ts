import { useCommandHandlers } from '../../commands/CommandProvider.tsx'
import { stepProject } from '../../notices/step-project.ts'

/** Undo and redo mean here what they mean in the library. */
export function useDuplicateCommands(): void {
  useCommandHandlers({
    'library.undo': { run: () => stepProject('undo') },
    'library.redo': { run: () => stepProject('redo') },
  })
}
