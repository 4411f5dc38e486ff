import { useEffect, useMemo, useSyncExternalStore } from 'react'
import {
  shareOfSources,
  sourceKey,
  type BlamedWord,
} from '../../../../../shared/domain/word-blame.ts'
import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import { formatAgo, formatCounted } from '../../../components/quantities.ts'
import type { Announcer } from '../announcer.ts'
import { usePausedText, type OpenCaption } from '../open-caption.ts'
import { useNow } from '../rounds/use-now.ts'
import type { SettledImage } from '../settled-image.ts'
import type { CaretPlace } from '../editor/caret-place.ts'
import { showTint } from './blame-tint.ts'
import {
  blameCaption,
  describeWord,
  findWord,
  listLooks,
  nameSource,
  type BlameContext,
  type CaptionBlame,
} from './caption-blame.ts'
import { useBlameContext } from './use-caption-blame.ts'
import './BlameLegend.css'

interface BlameLegendProps {
  readonly image: SettledImage
  readonly caption: OpenCaption
  readonly caret: CaretPlace
  readonly announcer: Announcer
  readonly isShown: boolean
}

/** Who wrote each word: a tint in the editor, and under it the names with their shares. */
export function BlameLegend({ image, caption, caret, announcer, isShown }: BlameLegendProps) {
  const context = useBlameContext(image)
  useCommandHandlers({
    'align.sayWhoWrote': {
      run: () => {
        const open = caption.get()
        if (open?.imageId !== image.id) return
        const word = findWord(blameCaption(context, open.text), caret.get().head)
        announcer.say(
          word === undefined
            ? 'There is no word at the caret.'
            : describeWord(word, (at) => formatAgo(at, Date.now())),
        )
      },
    },
  })
  if (!isShown) return null
  return <Shares context={context} caption={caption} caret={caret} />
}

interface SharesProps {
  readonly context: BlameContext
  readonly caption: OpenCaption
  readonly caret: CaretPlace
}

function Shares({ context, caption, caret }: SharesProps) {
  const text = usePausedText(caption) ?? ''
  const blame = useMemo(() => blameCaption(context, text), [context, text])
  const looks = useMemo(() => listLooks(context), [context])
  const shares = useMemo(() => shareOfSources(blame.words), [blame])
  useTint({ caption, blame, looks })
  if (shares.length === 0) return null
  return (
    <div className="blame">
      <ul className="blame-shares" aria-label="Who wrote the words">
        {shares.map(({ key, source, words, share }) => (
          <li key={key} title={formatCounted(words, 'word')}>
            <span className={`blame-swatch tint ${looks.get(key) ?? ''}`} aria-hidden />
            <bdi>{nameSource(source)}</bdi> <span className="numeric">{formatShare(share)}</span>
          </li>
        ))}
      </ul>
      <WordAtCaret blame={blame} caret={caret} />
    </div>
  )
}

interface TintOptions {
  readonly caption: OpenCaption
  readonly blame: CaptionBlame
  readonly looks: ReadonlyMap<string, string>
}

function useTint({ caption, blame, looks }: TintOptions): void {
  useEffect(() => {
    const editor = caption.editor()
    // Tints of a text that was typed past meanwhile would lie on the wrong words.
    if (editor === null || caption.get()?.text !== blame.text) return
    showTint(
      editor,
      blame.spans.map(({ from, to, source }) => ({
        from,
        to,
        look: looks.get(sourceKey(source)) ?? '',
      })),
    )
  }, [caption, blame, looks])
  useEffect(
    () => () => {
      const editor = caption.editor()
      if (editor !== null) showTint(editor, [])
    },
    [caption],
  )
}

interface WordAtCaretProps {
  readonly blame: CaptionBlame
  readonly caret: CaretPlace
}

function WordAtCaret({ blame, caret }: WordAtCaretProps) {
  const word = useSyncExternalStore(caret.subscribe, () => findWord(blame, caret.get().head))
  return <WordLine word={word} />
}

/** Who wrote one word. */
export function WordLine({ word }: { readonly word: BlamedWord | undefined }) {
  const now = useNow()
  return (
    <p className="blame-word">
      {word === undefined ? '\u00a0' : describeWord(word, (at) => formatAgo(at, now))}
    </p>
  )
}

function formatShare(share: number): string {
  const percent = Math.round(share * 100)
  return percent === 0 ? '<1%' : `${percent}%`
}
