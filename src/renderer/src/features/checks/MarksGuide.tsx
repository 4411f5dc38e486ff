import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import guide from '../../../../../docs/guide/checks.md?raw'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { GuidelineText } from '../rounds/GuidelineText.tsx'

const [, TITLE = '', TEXT = ''] = /^# (.*)\n([\s\S]*)$/u.exec(guide) ?? []

/** The page of the user guide about marks, to be read beside them. */
export function MarksGuide() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        icon={CircleHelp}
        onClick={() => {
          setOpen(true)
        }}
      >
        What the marks mean
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => {
          setOpen(false)
        }}
        title={TITLE}
        size="large"
      >
        <GuidelineText markdown={TEXT} />
      </Dialog>
    </>
  )
}
