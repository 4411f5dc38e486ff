import { useQuery } from '@tanstack/react-query'
import { ImageOff } from 'lucide-react'
import {
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type CSSProperties,
} from 'react'
import type { AlignImage } from '../../../../shared/contract/align.ts'
import type { Detail } from '../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import type { TextSpan } from '../../../../shared/domain/text-unit.ts'
import { api } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { formatBytes, formatCount } from '../../components/quantities.ts'
import { useListing } from '../../navigation/use-listing.ts'
import { AlignGuideline } from './AlignGuideline.tsx'
import { AlignFooter } from './AlignFooter.tsx'
import { AlignHeader } from './AlignHeader.tsx'
import { AlignSide } from './AlignSide.tsx'
import { AnchorPane } from './anchor/AnchorPane.tsx'
import { listQuestions } from './anchor/fate-questions.ts'
import { FateQuestionBar } from './anchor/FateQuestionBar.tsx'
import { createAnnouncer, type Announcer } from './announcer.ts'
import { useSaveState } from './autosave/use-autosave.ts'
import { parseTarget, TokenBudgetMenu, type ShownTarget } from './budget/TokenBudgetMenu.tsx'
import { ConflictPanel } from './conflict/ConflictPanel.tsx'
import { ProposalsPanel } from './proposals/ProposalsPanel.tsx'
import { BlameLegend } from './blame/BlameLegend.tsx'
import { blameTint } from './blame/blame-tint.ts'
import { createCaretPlace } from './editor/caret-place.ts'
import { useBlameToggle } from './blame/use-blame-toggle.ts'
import { holdsEverywhere, type DiffTarget } from './diff/diff-target.ts'
import { LiveDiff } from './diff/LiveDiff.tsx'
import { DetailChips } from './details/DetailChips.tsx'
import { FoundLayer } from './findings/FoundLayer.tsx'
import { FoundToggle } from './findings/FoundToggle.tsx'
import { useFoundThings } from './findings/use-found-things.ts'
import { CaptionPane } from './editor/CaptionPane.tsx'
import { createAnswerSteps } from './marks/answer-steps.ts'
import { EvidenceRegions } from './marks/EvidenceRegions.tsx'
import { markLayer } from './marks/mark-layer.ts'
import { MarkCard } from './marks/MarkCard.tsx'
import { useDrawnMarks } from './marks/use-drawn-marks.ts'
import { useFindings } from './marks/use-findings.ts'
import { useMarkActions } from './marks/use-mark-actions.ts'
import { ReturnedRemark } from './rounds/ReturnedRemark.tsx'
import { RoundsRail } from './rounds/RoundsRail.tsx'
import { ImageStage } from './stage/ImageStage.tsx'
import { useElementSize } from './stage/use-element-size.ts'
import { Splitter } from './Splitter.tsx'
import { usePrefetch } from './strip/use-prefetch.ts'
import { useStrip } from './strip/use-strip.ts'
import { useAlignActions } from './use-align-actions.ts'
import { useAlignCommands } from './use-align-commands.ts'
import { useOpenCaption } from './use-open-caption.ts'
import { useRemembered } from './use-remembered.ts'
import './AlignScreen.css'

const DEFAULT_SIDE_SHARE = 0.41
const MIN_SIDE_WIDTH = 320
const MIN_STAGE_WIDTH = 240

/** The main screen: the picture beside what was said about it, and the caption being made of both. */
export function AlignScreen({ imageId }: { readonly imageId: ImageId }) {
  const run = useRun()
  const listing = useListing()
  const query = useQuery(api.align.get.queryOptions({ input: { imageId } }))
  const project = useQuery(api.projects.current.queryOptions())
  const isReadOnly = project.data?.isReadOnly === true
  const image = query.data
  const strip = useStrip(imageId, listing)
  usePrefetch(strip.rows, imageId)
  const [announcer] = useState(createAnnouncer)
  const [caret] = useState(createCaretPlace)
  const [answerSteps] = useState(createAnswerSteps)
  const caption = useOpenCaption({
    imageId,
    image,
    isReadOnly,
    onEscape: () => run('align.focusPicture'),
    extensions: [blameTint, markLayer, caret.extension, answerSteps.extension],
  })
  const isBlameShown = useBlameToggle(announcer)
  const found = useFoundThings(imageId, announcer)
  const actions = useAlignActions({ imageId, listing, strip, caption, announcer })
  const { findings, isFailed } = useFindings(imageId, caption)
  const altTexts = image?.altTexts
  const questions = useMemo(() => listQuestions(altTexts ?? [], findings), [altTexts, findings])
  const markCard = useRef<HTMLDivElement>(null)
  const marks = useMarkActions({
    findings,
    questions,
    caption,
    caret,
    answerSteps,
    announcer,
    isReadOnly,
    focusActions: () => markCard.current?.querySelector('button')?.focus(),
  })
  const [budget, setBudget] = useRemembered<ShownTarget>('align.budget', 'clip-77', parseTarget)
  const [pointed, setPointed] = useState<TextSpan | null>(null)
  const [detail, setDetail] = useState<Detail | null>(null)
  useDrawnMarks({ caption, findings, target: budget === 'none' ? null : budget, pointed })
  const saveState = useSaveState(imageId)
  const [isDiffShown, setDiffShown] = useRemembered('align.diff', true, parseBoolean)
  const [target, setTarget] = useDiffTarget(imageId)
  const [sideWidth, setSideWidth] = useRemembered<number | null>('align.side', null, parseWidth)
  const { size, ref } = useElementSize()
  const maxSideWidth = Math.max(MIN_SIDE_WIDTH, size.width - MIN_STAGE_WIDTH)
  const wantedWidth = sideWidth ?? Math.round(size.width * DEFAULT_SIDE_SHARE)
  const shownWidth = Math.max(MIN_SIDE_WIDTH, Math.min(wantedWidth, maxSideWidth))

  useAlignCommands({
    imageId,
    listing,
    actions,
    caption,
    toggleDiff: () => {
      setDiffShown(!isDiffShown)
    },
  })
  useEffect(() => {
    caption.editor()?.focus()
  }, [caption])
  useAnnouncedPlace(announcer, imageId, strip.place, strip.total)

  if (query.isError && image === undefined) {
    return <NoImage error={query.error} onBack={() => run('align.backToLibrary')} />
  }
  const columns: CSSProperties & Record<'--side-width', string> = {
    '--side-width': `${shownWidth}px`,
  }
  const row = strip.rows.find((candidate) => candidate.id === imageId)
  return (
    <div ref={ref} className="align" style={columns}>
      <div className="align-grid">
        <AlignHeader
          imageId={imageId}
          image={image}
          listing={listing}
          strip={strip}
          onGo={actions.goTo}
        />
        <ImageStage
          imageId={imageId}
          image={image ?? row}
          facts={
            <>
              <FoundToggle found={found} />
              {image !== undefined && <PictureFacts image={image} />}
            </>
          }
          overlay={
            <>
              <FoundLayer found={found} />
              <EvidenceRegions findings={findings} caret={caret} detail={detail} />
            </>
          }
        />
        <Splitter
          label="Width of the text side"
          controls="align-side"
          width={shownWidth}
          min={MIN_SIDE_WIDTH}
          max={maxSideWidth}
          onWidth={setSideWidth}
          onReset={() => {
            setSideWidth(null)
          }}
        />
        <AlignSide
          id="align-side"
          guideline={image !== undefined && <AlignGuideline round={image.round} />}
          anchor={<AnchorPane altTexts={altTexts} findings={findings} onPoint={setPointed} />}
          caption={
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
              {image !== undefined && (
                <BlameLegend
                  image={image}
                  caption={caption}
                  caret={caret}
                  announcer={announcer}
                  isShown={isBlameShown}
                />
              )}
            </CaptionPane>
          }
          details={
            <>
              {image !== undefined && <ReturnedRemark image={image} />}
              <FateQuestionBar
                questions={marks.questions}
                isReadOnly={isReadOnly}
                onReason={marks.giveReason}
              />
              <DetailChips
                details={marks.details}
                isReadOnly={isReadOnly}
                onInsert={marks.insert}
                onDismiss={marks.dismiss}
                onPoint={setDetail}
              />
            </>
          }
          notes={
            image !== undefined &&
            (saveState.kind === 'conflict' ? (
              <ConflictPanel
                image={image}
                conflict={saveState.conflict}
                caption={caption}
                announcer={announcer}
                onKeepMerged={(text) => void actions.keepMerged(text)}
                onKeepMine={() => void actions.keepMine()}
                onTakeTheirs={() => void actions.takeTheirs(saveState.conflict.headRevisionId)}
              />
            ) : (
              <ProposalsPanel
                key={`proposals-${imageId}`}
                imageId={imageId}
                caption={caption}
                announcer={announcer}
                isReadOnly={isReadOnly}
              />
            ))
          }
          diff={
            isDiffShown &&
            image !== undefined && (
              <LiveDiff
                image={image}
                caption={caption}
                announcer={announcer}
                target={target}
                isMarking={!isBlameShown}
                onTarget={setTarget}
              />
            )
          }
          rounds={
            image !== undefined &&
            image.revisions.length > 0 && (
              <RoundsRail
                key={`rounds-${imageId}`}
                image={image}
                target={target}
                onTarget={(next) => {
                  setTarget(next)
                  setDiffShown(true)
                }}
              />
            )
          }
        />
        <AlignFooter
          imageId={imageId}
          strip={strip}
          isDiffShown={isDiffShown}
          isBlameShown={isBlameShown}
          canSubmit={image !== undefined && !isReadOnly && saveState.kind !== 'conflict'}
          onGo={(next) => {
            actions.goTo(next)
            caption.editor()?.focus()
          }}
        />
      </div>
      <LiveRegion announcer={announcer} />
    </div>
  )
}

/** What is compared with; a revision that was picked belongs to its image only. */
function useDiffTarget(imageId: ImageId): readonly [DiffTarget, (target: DiffTarget) => void] {
  const [picked, setPicked] = useState<{ imageId: ImageId; target: DiffTarget }>({
    imageId,
    target: { kind: 'anchor' },
  })
  const holds = picked.imageId === imageId || holdsEverywhere(picked.target)
  return [
    holds ? picked.target : { kind: 'anchor' },
    (target) => {
      setPicked({ imageId, target })
    },
  ]
}

function useAnnouncedPlace(
  announcer: Announcer,
  imageId: ImageId,
  place: number | null,
  total: number | null,
): void {
  const isKnown = place !== null && total !== null
  const announce = useEffectEvent(() => {
    if (isKnown) announcer.say(`image ${formatCount(place)} of ${formatCount(total)}`)
  })
  useEffect(() => {
    announce()
  }, [imageId, isKnown])
}

function LiveRegion({ announcer }: { readonly announcer: Announcer }) {
  const message = useSyncExternalStore(announcer.subscribe, announcer.get)
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {message}
    </div>
  )
}

function PictureFacts({ image }: { readonly image: AlignImage }) {
  const { name, width, height, format, sizeBytes, isAnimated } = image
  const facts = [
    width === null || height === null ? '' : `${width} × ${height}`,
    format?.toUpperCase() ?? '',
    sizeBytes === null ? '' : formatBytes(sizeBytes),
    isAnimated ? 'animated, first frame' : '',
  ]
  return (
    <>
      <bdi title={image.locations.map((location) => location.path).join('\n')}>{name}</bdi>
      {facts
        .filter((fact) => fact !== '')
        .map((fact) => (
          <span key={fact} className="numeric">
            {' · '}
            {fact}
          </span>
        ))}
    </>
  )
}

function NoImage({ error, onBack }: { readonly error: unknown; readonly onBack: () => void }) {
  const { title, text, advice } = describeError(error)
  return (
    <EmptyState
      icon={ImageOff}
      title={title}
      tone="error"
      actions={
        <Button variant="primary" onClick={onBack}>
          Back to the library
        </Button>
      }
    >
      {[text, advice].filter(Boolean).join(' ')}
    </EmptyState>
  )
}

function parseBoolean(stored: unknown): boolean | undefined {
  return typeof stored === 'boolean' ? stored : undefined
}

function parseWidth(stored: unknown): number | undefined {
  return typeof stored === 'number' && stored >= MIN_SIDE_WIDTH ? stored : undefined
}
