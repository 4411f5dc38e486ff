import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Detail } from '../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { api } from '../../api/client.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { formatCount } from '../../components/quantities.ts'
import { useListing } from '../../navigation/use-listing.ts'
import { AlignFooter } from './AlignFooter.tsx'
import { AlignGuideline } from './AlignGuideline.tsx'
import { AlignHeader } from './AlignHeader.tsx'
import { AlignNotes } from './AlignNotes.tsx'
import { AlignSide } from './AlignSide.tsx'
import { AlignStage } from './AlignStage.tsx'
import { AlignText } from './AlignText.tsx'
import { createAnnouncer, type Announcer } from './announcer.ts'
import { useConflict } from './autosave/use-conflict.ts'
import { blameTint } from './blame/blame-tint.ts'
import { useBlameToggle } from './blame/use-blame-toggle.ts'
import { LiveDiff } from './diff/LiveDiff.tsx'
import { useDiffTarget } from './diff/use-diff-target.ts'
import { createCaretPlace } from './editor/caret-place.ts'
import { createPointedPlace } from './editor/pointed-place.ts'
import { FindingsProvider } from './FindingsProvider.tsx'
import { LiveRegion } from './LiveRegion.tsx'
import { createAnswerSteps } from './marks/answer-steps.ts'
import { markLayer } from './marks/mark-layer.ts'
import { NoImage } from './NoImage.tsx'
import { OpenText } from './OpenText.tsx'
import { RoundsRail } from './rounds/RoundsRail.tsx'
import { settleImage } from './settled-image.ts'
import { Splitter } from './Splitter.tsx'
import { usePrefetch } from './strip/use-prefetch.ts'
import { useStrip } from './strip/use-strip.ts'
import { useAlignActions } from './use-align-actions.ts'
import { useAlignCommands } from './use-align-commands.ts'
import { useAlignSplit } from './use-align-split.ts'
import { useOpenCaption } from './use-open-caption.ts'
import { parseBoolean, useRemembered } from './use-remembered.ts'
import './AlignScreen.css'

/**
 * The main screen: the picture beside what was said about it, and the caption being made of both. Nothing that a key
 * or a pause in typing changes is read here, so that typing draws only what shows it.
 */
export function AlignScreen({ imageId }: { readonly imageId: ImageId }) {
  const run = useRun()
  const listing = useListing()
  const query = useQuery(api.align.get.queryOptions({ input: { imageId }, select: settleImage }))
  const project = useQuery(api.projects.current.queryOptions())
  const isReadOnly = project.data?.isReadOnly === true
  const image = query.data
  const strip = useStrip(imageId, listing)
  usePrefetch(strip.rows, imageId)
  const [announcer] = useState(createAnnouncer)
  const [caret] = useState(createCaretPlace)
  const [pointed] = useState(createPointedPlace)
  const [answerSteps] = useState(createAnswerSteps)
  const caption = useOpenCaption({
    isReadOnly,
    onEscape: () => run('align.focusPicture'),
    extensions: [markLayer, blameTint, caret.extension, pointed.extension, answerSteps.extension],
  })
  const isBlameShown = useBlameToggle(announcer)
  const actions = useAlignActions({ imageId, listing, strip, caption, announcer })
  const conflict = useConflict(imageId)
  const [detail, setDetail] = useState<Detail | null>(null)
  const [part, togglePart] = usePart(imageId)
  const [isDiffShown, setDiffShown] = useRemembered('align.diff', true, parseBoolean)
  const [target, setTarget] = useDiffTarget(imageId)
  const { ref, style, side, anchor } = useAlignSplit()
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

  if (query.isError && image === undefined) return <NoImage error={query.error} />
  return (
    <div ref={ref} className="align" style={style}>
      <OpenText imageId={imageId} caption={caption} />
      <FindingsProvider imageId={imageId} caption={caption}>
        <div className="align-grid">
          <AlignHeader
            imageId={imageId}
            image={image}
            listing={listing}
            strip={strip}
            onGo={actions.goTo}
          />
          <AlignStage
            imageId={imageId}
            image={image}
            row={strip.rows.find((candidate) => candidate.id === imageId)}
            caret={caret}
            pointed={pointed}
            detail={detail ?? part}
            announcer={announcer}
          />
          <Splitter
            label="Width of the text side"
            controls="align-side"
            orientation="vertical"
            split={side}
          />
          <AlignSide
            id="align-side"
            guideline={image !== undefined && <AlignGuideline round={image.round} />}
            text={
              <AlignText
                imageId={imageId}
                image={image}
                caption={caption}
                caret={caret}
                answerSteps={answerSteps}
                announcer={announcer}
                isReadOnly={isReadOnly}
                isBlameShown={isBlameShown}
                anchorSplit={anchor}
                onDetail={setDetail}
                part={part}
                onPart={togglePart}
              />
            }
            notes={
              image !== undefined && (
                <AlignNotes
                  imageId={imageId}
                  image={image}
                  conflict={conflict}
                  caption={caption}
                  announcer={announcer}
                  actions={actions}
                  isReadOnly={isReadOnly}
                />
              )
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
            canSubmit={image !== undefined && !isReadOnly && conflict === null}
            onGo={(next) => {
              actions.goTo(next)
              caption.editor()?.focus()
            }}
          />
        </div>
      </FindingsProvider>
      <LiveRegion announcer={announcer} />
    </div>
  )
}

/** The part of the open image's picture that somebody asked to see; the same part again hides it. */
function usePart(imageId: ImageId): readonly [Detail | null, (part: Detail) => void] {
  const [shown, setShown] = useState<{ imageId: ImageId; part: Detail } | null>(null)
  const part = shown?.imageId === imageId ? shown.part : null
  return [
    part,
    (asked) => {
      setShown(part?.id === asked.id ? null : { imageId, part: asked })
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
