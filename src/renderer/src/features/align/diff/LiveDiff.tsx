import { useEffect, useMemo, useState, type SyntheticEvent } from 'react'
import { diffWords, type WordDiff } from '../../../../../shared/domain/word-diff.ts'
import type { BlamedWord } from '../../../../../shared/domain/word-blame.ts'
import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import type { Announcer } from '../announcer.ts'
import { WordLine } from '../blame/BlameLegend.tsx'
import { blameCaption, findWord } from '../blame/caption-blame.ts'
import { useBlameContext } from '../blame/use-caption-blame.ts'
import { usePausedText, type OpenCaption } from '../open-caption.ts'
import type { SettledImage } from '../settled-image.ts'
import { addedMarks } from './added-marks.ts'
import { DiffPanel } from './DiffPanel.tsx'
import { findDiffChoice, listDiffChoices, stepTarget, type DiffTarget } from './diff-target.ts'
import { findAfterPosition } from './pointed-word.ts'
import { SideBySideDiff } from './SideBySideDiff.tsx'
import { useDiffLayout } from './use-diff-layout.ts'
import { WordDiffView } from './WordDiffView.tsx'

interface LiveDiffProps {
  readonly image: SettledImage
  readonly caption: OpenCaption
  readonly announcer: Announcer
  readonly target: DiffTarget
  /** False leaves the editor to other marks. */
  readonly isMarking: boolean
  readonly onTarget: (target: DiffTarget) => void
}

/** Compares while the user types, after the key press is on the screen; marks new words in the editor. */
export function LiveDiff(props: LiveDiffProps) {
  const { image, caption, announcer, target, isMarking, onTarget } = props
  const text = usePausedText(caption) ?? ''
  const choices = useMemo(() => listDiffChoices(image), [image])
  const chosen = findDiffChoice(choices, target)
  const before = chosen?.text ?? ''
  const diff = useMemo(() => diffWords(before, text), [before, text])
  const [layout, setLayout] = useDiffLayout('align.diffLayout')
  const hasMarks = isMarking && before !== ''
  useEffect(() => {
    // Marks of a text that was typed past meanwhile would lie on the wrong words.
    if (caption.get()?.text !== text) return
    caption.editor()?.setMarks(hasMarks ? addedMarks(diff) : [])
  }, [caption, diff, text, hasMarks])
  useEffect(() => () => caption.editor()?.setMarks([]), [caption])
  const step = (by: 1 | -1) => {
    const next = chosen === undefined ? undefined : stepTarget(choices, chosen.target, by)
    if (next === undefined) return
    onTarget(next.target)
    announcer.say(`Against ${next.label}`)
  }
  useCommandHandlers({
    'align.compareNext': {
      run: () => {
        step(1)
      },
    },
    'align.comparePrevious': {
      run: () => {
        step(-1)
      },
    },
    'align.toggleSideBySide': {
      run: () => {
        setLayout(layout === 'inline' ? 'side-by-side' : 'inline')
        announcer.say(layout === 'inline' ? 'Side by side' : 'In one text')
      },
    },
  })
  if (chosen === undefined || choices.every((choice) => choice.text === '')) return null
  return (
    <DiffPanel
      diff={diff}
      choices={choices}
      chosen={chosen}
      layout={layout}
      onTarget={onTarget}
      onLayout={setLayout}
    >
      {layout === 'inline' ? (
        <TracedDiff key={image.id} image={image} diff={diff} text={text} />
      ) : (
        <SideBySideDiff diff={diff} beforeLabel={chosen.label} />
      )}
    </DiffPanel>
  )
}

interface TracedDiffProps {
  readonly image: SettledImage
  readonly diff: WordDiff
  readonly text: string
}

/** The diff in one text; the word under the pointer says who wrote it. */
function TracedDiff({ image, diff, text }: TracedDiffProps) {
  const context = useBlameContext(image)
  const [word, setWord] = useState<BlamedWord | undefined>(undefined)
  const point = ({ currentTarget, nativeEvent }: SyntheticEvent<HTMLElement>) => {
    if (!(nativeEvent instanceof PointerEvent)) return
    const position = findAfterPosition(currentTarget, nativeEvent)
    setWord(position === null ? undefined : findWord(blameCaption(context, text), position))
  }
  return (
    <div className="diff-traced">
      <WordDiffView
        diff={diff}
        className="diff-panel-text"
        onPointerMove={point}
        onPointerLeave={() => {
          setWord(undefined)
        }}
      />
      {word !== undefined && <WordLine word={word} />}
    </div>
  )
}
