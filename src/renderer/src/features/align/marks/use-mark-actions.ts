import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Detail, Override } from '../../../../../shared/contract/judgements.ts'
import type { FateReason } from '../../../../../shared/domain/fate.ts'
import { api, client } from '../../../api/client.ts'
import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import { reportError } from '../../../notices/report-error.ts'
import type { Announcer } from '../announcer.ts'
import type { FateQuestion } from '../anchor/fate-questions.ts'
import type { CaretPlace } from '../editor/caret-place.ts'
import { insertDetail } from '../details/insert-detail.ts'
import type { OpenCaption } from '../open-caption.ts'
import { carryFix, carryMarks } from './act-on-mark.ts'
import { markAt, stepMark, type AlignMark, type MarkAction } from './align-mark.ts'
import { selectSpan } from './mark-layer.ts'
import type { Findings } from './use-findings.ts'

interface MarkActionsOptions {
  readonly findings: Findings | null
  readonly questions: readonly FateQuestion[]
  readonly caption: OpenCaption
  readonly caret: CaretPlace
  readonly announcer: Announcer
  readonly isReadOnly: boolean
  /** Puts the keyboard on the actions of the current mark. */
  readonly focusActions: () => void
}

export interface MarkActions {
  readonly act: (mark: AlignMark, action: MarkAction, reason?: string) => void
  readonly step: (direction: 1 | -1) => void
  readonly giveReason: (question: FateQuestion, reason: FateReason) => void
  readonly insert: (detail: Detail) => void
  readonly dismiss: (detail: Detail) => void
}

/** What can be done about marks, fates and details; also by the keys of the command table. */
export function useMarkActions(options: MarkActionsOptions): MarkActions {
  const { findings, questions, caption, caret, announcer, isReadOnly, focusActions } = options
  const store = useAnswers()
  const details = findings?.judgements.details ?? []

  function answer(override: Override): void {
    if (findings !== null) store({ imageId: findings.imageId, override })
  }

  function act(mark: AlignMark, action: MarkAction, reason = ''): void {
    if (isReadOnly || findings === null) return
    if (action.fix !== null && !change(action.fix, findings.caption)) return
    const given = action.answer
    if (given !== null) answer(given.kind === 'verdict' ? { ...given, reason } : given)
    announcer.say(action.fix === null ? `${action.label}: ${mark.words}` : action.label)
    caption.editor()?.focus()
  }

  function change(fix: NonNullable<MarkAction['fix']>, from: string): boolean {
    const open = caption.get()
    const editor = caption.editor()
    if (open === null || editor === null || open.imageId !== findings?.imageId) return false
    const changed = carryFix(fix, { from, to: open.text })
    if (changed === null) {
      announcer.say('The words are gone. Nothing was changed.')
      return false
    }
    editor.changeText(changed.text)
    selectSpan(editor.view, { start: changed.caret, end: changed.caret })
    return true
  }

  /** The marks where they are in what was typed since they were found. */
  function standingMarks(): readonly AlignMark[] {
    const open = caption.get()
    if (findings === null || open?.imageId !== findings.imageId) return []
    return carryMarks(findings.marks, { from: findings.caption, to: open.text })
  }

  function step(direction: 1 | -1): void {
    const editor = caption.editor()
    if (editor === null || findings === null) return
    const marks = standingMarks()
    const place = caret.get()
    const from = { position: place.head, current: markAt(marks, place) }
    const mark = stepMark(marks, from, direction)
    if (mark === null) {
      announcer.say('No marks in this caption.')
      return
    }
    selectSpan(editor.view, mark)
    editor.focus()
    announcer.say(`${mark.words}. ${mark.message}`)
  }

  function current(): AlignMark | null {
    return markAt(standingMarks(), caret.get())
  }

  function giveReason(question: FateQuestion, reason: FateReason): void {
    if (isReadOnly) return
    answer({ kind: 'fate', ...question.about, reason })
    announcer.say(`${question.about.words}: ${reason}`)
  }

  function insert(detail: Detail): void {
    const open = caption.get()
    const editor = caption.editor()
    if (isReadOnly || open === null || editor === null) return
    editor.changeText(insertDetail(open.text, detail.phrase))
    answer({ kind: 'detail', phrase: detail.phrase, answer: 'inserted' })
    announcer.say(`Inserted: ${detail.phrase}`)
    editor.focus()
  }

  function dismiss(detail: Detail): void {
    if (isReadOnly) return
    answer({ kind: 'detail', phrase: detail.phrase, answer: 'dismissed' })
    announcer.say(`Dismissed: ${detail.phrase}`)
  }

  useCommandHandlers({
    'align.nextMark': {
      run: () => {
        step(1)
      },
    },
    'align.previousMark': {
      run: () => {
        step(-1)
      },
    },
    'align.fixMark': {
      isEnabled: () => current() !== null,
      run: () => {
        const mark = current()
        const [first] = mark?.actions ?? []
        if (mark !== null && first !== undefined) act(mark, first)
      },
    },
    'align.markActions': { isEnabled: () => current() !== null, run: focusActions },
    'align.giveReason': {
      isEnabled: () => questions.length > 0,
      run: ({ reason }) => {
        const [question] = questions
        if (question !== undefined) giveReason(question, reason)
      },
    },
    'align.insertDetail': {
      run: ({ index }) => {
        const detail = details[index]
        if (detail !== undefined) insert(detail)
      },
    },
    'align.dismissDetail': {
      run: ({ index }) => {
        const detail = details[index]
        if (detail !== undefined) dismiss(detail)
      },
    },
  })
  return { act, step, giveReason, insert, dismiss }
}

/** Stores answers one after the other and shows them at once by asking again. */
function useAnswers() {
  const queryClient = useQueryClient()
  const { mutate } = useMutation({
    scope: { id: 'judgements' },
    mutationFn: (input: Parameters<typeof client.judgements.answer>[0]) =>
      client.judgements.answer(input),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: api.judgements.key() }),
        queryClient.invalidateQueries({ queryKey: api.text.key() }),
      ]),
    onError: reportError,
  })
  return mutate
}
