import { useMemo, useRef, useState } from 'react'
import type { Detail } from '../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import type { TextSpan } from '../../../../shared/domain/text-unit.ts'
import { AnchorPane } from './anchor/AnchorPane.tsx'
import { listQuestions } from './anchor/fate-questions.ts'
import { FateQuestionBar } from './anchor/FateQuestionBar.tsx'
import type { Announcer } from './announcer.ts'
import { BlameLegend } from './blame/BlameLegend.tsx'
import { parseTarget, TokenBudgetMenu, type ShownTarget } from './budget/TokenBudgetMenu.tsx'
import { DetailChips } from './details/DetailChips.tsx'
import { CaptionPane } from './editor/CaptionPane.tsx'
import type { CaretPlace } from './editor/caret-place.ts'
import { useShownFindings } from './FindingsProvider.tsx'
import type { AnswerSteps } from './marks/answer-steps.ts'
import { MarkCard } from './marks/MarkCard.tsx'
import { useDrawnMarks } from './marks/use-drawn-marks.ts'
import { useMarkActions } from './marks/use-mark-actions.ts'
import type { OpenCaption } from './open-caption.ts'
import { ReturnedRemark } from './rounds/ReturnedRemark.tsx'
import type { SettledImage } from './settled-image.ts'
import { SpecificityLine } from './specificity/SpecificityLine.tsx'
import { Splitter } from './Splitter.tsx'
import type { SplitLength } from './use-align-split.ts'
import { useRemembered } from './use-remembered.ts'

interface AlignTextProps {
  readonly imageId: ImageId
  /** Undefined while it is on its way. */
  readonly image: SettledImage | undefined
  readonly caption: OpenCaption
  readonly caret: CaretPlace
  readonly answerSteps: AnswerSteps
  readonly announcer: Announcer
  readonly isReadOnly: boolean
  readonly isBlameShown: boolean
  readonly anchorSplit: SplitLength
  /** Says which unsaid thing the pointer or the focus is on. */
  readonly onDetail: (detail: Detail | null) => void
  /** The part of the picture that is shown because somebody asked for it. */
  readonly part: Detail | null
  readonly onPart: (part: Detail) => void
}

/** The alt-texts with their fates, the caption with its marks, and what is asked about them. */
export function AlignText(props: AlignTextProps) {
  const { imageId, image, caption, caret, answerSteps, announcer, isReadOnly } = props
  const { findings, isFailed } = useShownFindings(imageId)
  const altTexts = image?.altTexts
  const questions = useMemo(() => listQuestions(altTexts ?? [], findings), [altTexts, findings])
  const [budget, setBudget] = useRemembered<ShownTarget>('align.budget', 'clip-77', parseTarget)
  const [pointed, setPointed] = useState<TextSpan | null>(null)
  useDrawnMarks({ caption, findings, target: budget === 'none' ? null : budget, pointed })
  const markCard = useRef<HTMLDivElement>(null)
  const marks = useMarkActions({
    findings,
    questions,
    caption,
    caret,
    answerSteps,
    announcer,
    isReadOnly,
    onPart: props.onPart,
    // Which mark it is about is drawn first.
    showCard: () => {
      requestAnimationFrame(() => markCard.current?.scrollIntoView({ block: 'nearest' }))
    },
    focusActions: () => markCard.current?.querySelector('button')?.focus(),
  })
  return (
    <>
      <AnchorPane id="align-anchor" altTexts={altTexts} findings={findings} onPoint={setPointed} />
      <Splitter
        label="Height of the alt-texts"
        controls="align-anchor"
        orientation="horizontal"
        split={props.anchorSplit}
      />
      <CaptionPane
        caption={caption}
        image={image}
        budget={
          <TokenBudgetMenu
            budgets={findings?.analysis.caption.budgets ?? []}
            target={budget}
            onTarget={setBudget}
          />
        }
        legend={
          image !== undefined && (
            <BlameLegend
              image={image}
              caption={caption}
              caret={caret}
              announcer={announcer}
              isShown={props.isBlameShown}
            />
          )
        }
      >
        <MarkCard
          ref={markCard}
          findings={findings}
          isFailed={isFailed}
          caret={caret}
          actions={marks}
          isReadOnly={isReadOnly}
          onLeave={() => caption.editor()?.focus()}
        />
        {image !== undefined && <ReturnedRemark image={image} />}
        <FateQuestionBar
          questions={marks.questions}
          isReadOnly={isReadOnly}
          onReason={marks.giveReason}
        />
      </CaptionPane>
      <DetailChips
        details={marks.details}
        isReadOnly={isReadOnly}
        part={props.part}
        onInsert={marks.insert}
        onDismiss={marks.dismiss}
        onPoint={props.onDetail}
      />
      {image !== undefined && <SpecificityLine key={imageId} image={image} />}
    </>
  )
}
