import { useEffect, useEffectEvent } from 'react'
import type { Detail, Override } from '../../../../../shared/contract/judgements.ts'
import type { FateReason } from '../../../../../shared/domain/fate.ts'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'
import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import { showNotice } from '../../../notices/notice-store.ts'
import type { Announcer } from '../announcer.ts'
import type { FateQuestion } from '../anchor/fate-questions.ts'
import type { CaretPlace } from '../editor/caret-place.ts'
import { insertDetail } from '../details/insert-detail.ts'
import { useSteadyOrder } from '../details/use-steady-order.ts'
import type { OpenCaption } from '../open-caption.ts'
import { carryFix, carryMarks } from './act-on-mark.ts'
import { answerStep, recordAnswer, type AnswerStep, type AnswerSteps } from './answer-steps.ts'
import { markAt, marksToStep, stepMark, type AlignMark, type MarkAction } from './align-mark.ts'
import { selectSpan } from './mark-layer.ts'
import { useAnswers } from './use-answers.ts'
import type { Findings } from './use-findings.ts'

interface MarkActionsOptions {
  readonly findings: Findings | null
  readonly questions: readonly FateQuestion[]
  readonly caption: OpenCaption
  readonly caret: CaretPlace
  readonly answerSteps: AnswerSteps
  readonly announcer: Announcer
  readonly isReadOnly: boolean
  /** Brings what is said of the current mark into sight. */
  readonly showCard: () => void
  /** Puts the keyboard on the actions of the current mark. */
  readonly focusActions: () => void
  /** Shows a part of the picture that no word is known for, or hides it again. */
  readonly onPart: (part: Detail) => void
}

export interface MarkActions {
  /** False while the marks are those of a text that was typed past meanwhile. */
  readonly areCurrent: () => boolean
  /** What is asked about words given up, without what was answered a moment ago. */
  readonly questions: readonly FateQuestion[]
  /** What is seen and unsaid, without what was answered a moment ago. */
  readonly details: readonly Detail[]
  readonly act: (mark: AlignMark, action: MarkAction, reason?: string) => void
  readonly step: (direction: 1 | -1) => void
  readonly giveReason: (question: FateQuestion, reason: FateReason) => void
  /** Puts it into the caption; a part of the picture, which no word is known for, is shown instead. */
  readonly insert: (detail: Detail) => void
  readonly dismiss: (detail: Detail) => void
}

const NO_MARK = 'No mark at the caret'

function noDetail(count: number): string {
  return count === 0 ? 'Nothing unsaid is known of this picture' : `Only ${count} unsaid here`
}

/** What can be done about marks, fates and details; also by the keys of the command table. */
export function useMarkActions(options: MarkActionsOptions): MarkActions {
  const { findings, caption, caret, announcer, isReadOnly, focusActions, onPart } = options
  const { store, isGiven } = useAnswers(findings)
  const questions = options.questions.filter(
    ({ about }) => !isGiven({ kind: 'fate', ...about, reason: 'wrong' }),
  )
  const unanswered = (findings?.judgements.details ?? []).filter(
    ({ phrase }) => !isGiven({ kind: 'detail', phrase, answer: 'inserted' }),
  )
  const details = useSteadyOrder(findings?.imageId, unanswered)
  useSteps(options.answerSteps, (step) => {
    store(step)
    announcer.say(`${step.isGiven ? 'Answered again' : 'Answer taken back'}: ${wordsOf(step)}`)
  })

  /** Says in a short note why a key does nothing. */
  function tell(reason: string): void {
    const title = isReadOnly
      ? 'This project can only be looked at'
      : findings === null
        ? 'The caption is still being read'
        : reason
    announcer.say(title)
    showNotice({ title })
  }

  /** Stores an answer; undo takes it back with the change of the text that it came with, else on its own. */
  function answer(override: Override, changedText?: string): void {
    const editor = caption.editor()
    if (findings === null || editor === null || editor.imageId !== findings.imageId) return
    const step = answerStep(findings.imageId, override)
    if (changedText === undefined) recordAnswer(editor.view, step)
    else editor.changeText(changedText, [step])
    store({ imageId: findings.imageId, override, isGiven: true })
  }

  function act(mark: AlignMark, action: MarkAction, reason = ''): void {
    if (isReadOnly || findings === null) return
    const given = action.answer?.kind === 'verdict' ? { ...action.answer, reason } : action.answer
    if (action.fix !== null) {
      if (!change(action.fix, { from: findings.caption, given })) return
    } else if (given !== null) answer(given)
    announcer.say(action.fix === null ? `${action.label}: ${mark.words}` : action.label)
    caption.editor()?.focus()
  }

  function change(
    fix: NonNullable<MarkAction['fix']>,
    { from, given }: { readonly from: string; readonly given: Override | null },
  ): boolean {
    const open = caption.get()
    const editor = caption.editor()
    if (open === null || editor === null || open.imageId !== findings?.imageId) return false
    const changed = carryFix(fix, { from, to: open.text })
    if (changed === null) {
      announcer.say('The words are gone. Nothing was changed.')
      return false
    }
    if (given === null) editor.changeText(changed.text)
    else answer(given, changed.text)
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
    if (editor === null) return
    const marks = marksToStep(standingMarks())
    const place = caret.get()
    const from = { position: place.head, current: markAt(marks, place) }
    const mark = stepMark(marks, from, direction)
    if (mark === null) {
      tell('No marks in this caption')
      return
    }
    selectSpan(editor.view, mark)
    editor.focus()
    options.showCard()
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
    if (detail.kind === 'region') {
      onPart(detail)
      announcer.say(`Shown: ${detail.phrase}. Say what it is, or dismiss it.`)
      return
    }
    const open = caption.get()
    const editor = caption.editor()
    if (isReadOnly || open === null || editor === null) return
    const isRead = findings?.caption === open.text
    const inserted = insertDetail(open.text, detail, isRead ? junkOf(findings) : [])
    if (inserted === null) {
      announcer.say('The words are gone. Nothing was changed.')
      return
    }
    answer({ kind: 'detail', phrase: detail.phrase, answer: 'inserted' }, inserted)
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
      run: () => {
        const mark = current()
        const [first] = mark?.actions ?? []
        if (mark === null || first === undefined || isReadOnly) tell(NO_MARK)
        else act(mark, first)
      },
    },
    'align.markActions': {
      run: () => {
        if (current() === null) tell(NO_MARK)
        else focusActions()
      },
    },
    'align.giveReason': {
      run: ({ reason }) => {
        const [question] = questions
        if (question === undefined || isReadOnly) tell('No open question about the alt-text')
        else giveReason(question, reason)
      },
    },
    'align.insertDetail': {
      run: ({ index }) => {
        const detail = details[index]
        if (detail === undefined) tell(noDetail(details.length))
        else if (isReadOnly && detail.kind !== 'region') tell(noDetail(details.length))
        else insert(detail)
      },
    },
    'align.dismissDetail': {
      run: ({ index }) => {
        const detail = details[index]
        if (detail === undefined || isReadOnly) tell(noDetail(details.length))
        else dismiss(detail)
      },
    },
  })
  const areCurrent = () => findings === null || findings.caption === caption.get()?.text
  return { areCurrent, questions, details, act, step, giveReason, insert, dismiss }
}

/** What a rule would take out of the caption. */
function junkOf({ analysis }: Findings): readonly TextSpan[] {
  return analysis.caption.hygiene.flatMap(({ fix }) => (fix?.insert === '' ? [fix] : []))
}

/** Follows what undo and redo do to answers. */
function useSteps(steps: AnswerSteps, onStep: (step: AnswerStep) => void): void {
  const follow = useEffectEvent(onStep)
  useEffect(
    () =>
      steps.subscribe((step) => {
        follow(step)
      }),
    [steps],
  )
}

/** The words that an answer is about. */
function wordsOf({ override }: AnswerStep): string {
  return override.kind === 'detail' ? override.phrase : override.words
}
