import { currentRows } from '../commands/key-bindings.ts'
import { KeyList } from '../commands/KeyList.tsx'
import { Dialog } from '../components/Dialog.tsx'

interface HelpDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** All keys, by area. */
export function HelpDialog({ isOpen, onClose }: HelpDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Keys"
      description="Everything can be done without the mouse."
      size="large"
    >
      <KeyList rows={currentRows()} />
    </Dialog>
  )
}
