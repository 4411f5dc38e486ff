import { useDeferredValue, useEffect, useMemo } from 'react'
import type { AlignImage } from '../../../../../shared/contract/align.ts'
import { diffWords } from '../../../../../shared/domain/word-diff.ts'
import { usePausedText, type OpenCaption } from '../open-caption.ts'
import { addedMarks } from './added-marks.ts'
import { DiffPanel } from './DiffPanel.tsx'
import { findDiffChoice, listDiffChoices, type DiffTarget } from './diff-target.ts'

interface LiveDiffProps {
  readonly image: AlignImage
  readonly caption: OpenCaption
  readonly target: DiffTarget
  readonly onTarget: (target: DiffTarget) => void
}

/** Compares while the user types, after the key press is on the screen; marks new words in the editor. */
export function LiveDiff({ image, caption, target, onTarget }: LiveDiffProps) {
  const text = useDeferredValue(usePausedText(caption)) ?? ''
  const choices = useMemo(() => listDiffChoices(image), [image])
  const before = findDiffChoice(choices, target)?.text ?? ''
  const diff = useMemo(() => diffWords(before, text), [before, text])
  const isEmpty = before === ''
  useEffect(() => {
    // Marks of a text that was typed past meanwhile would lie on the wrong words.
    if (caption.get()?.text !== text) return undefined
    caption.editor()?.setMarks(isEmpty ? [] : addedMarks(diff))
    return undefined
  }, [caption, diff, text, isEmpty])
  useEffect(() => () => caption.editor()?.setMarks([]), [caption])
  if (isEmpty) return null
  return <DiffPanel diff={diff} choices={choices} target={target} onTarget={onTarget} />
}
