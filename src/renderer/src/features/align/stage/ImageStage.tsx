import type { ReactNode } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { imageUrl, previewUrl, thumbnailUrl } from '../../../api/media-url.ts'
import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import { classNames } from '../../../components/class-names.ts'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { PictureLayer } from './PictureLayer.tsx'
import { PictureProblem } from './PictureProblem.tsx'
import { StageTools } from './StageTools.tsx'
import { TrainerView } from './TrainerView.tsx'
import { useElementSize } from './use-element-size.ts'
import { useStagePointer } from './use-stage-pointer.ts'
import { useStage, type Stage } from './use-stage.ts'
import { needsOriginal, type Size } from './viewport.ts'
import './ImageStage.css'

/** What the stage needs to know of an image; rows of the listing and whole images both have it. */
export interface StageImage {
  readonly id: ImageId
  readonly name: string
  readonly hash: string
  readonly width: number | null
  readonly height: number | null
  readonly problem: { readonly code: string; readonly message: string } | null
}

interface ImageStageProps {
  readonly imageId: ImageId
  /** Undefined while nothing is known about the image. */
  readonly image: StageImage | undefined
  /** Facts about the picture, shown beside the tools. */
  readonly facts: ReactNode
  /** Lies over the picture and moves with it, in picture pixels; evidence regions go here. */
  readonly overlay?: ReactNode
}

const PREVIEW_LONGER_SIDE = 1600
const ZOOM_STEP = 1.25
const PAN_STEP = 60

/** The picture: fit, 1:1, zoom, pan, and the trainer's view of it. */
export function ImageStage({ imageId, image, facts, overlay }: ImageStageProps) {
  const { size, element, ref } = useElementSize()
  const picture = sizeOf(image)
  const stage = useStage({ imageId, stage: size, image: picture ?? { width: 4, height: 3 } })
  useStagePointer(element, stage)
  useStageCommands(stage, () => element?.focus())
  const isShown = image !== undefined && image.problem === null && picture !== null
  return (
    <section className="stage" aria-label="Picture">
      <div
        ref={ref}
        className={classNames('stage-view', isPannable(stage) && 'stage-pannable')}
        tabIndex={0}
        role="group"
        aria-label={`${image?.name ?? 'Picture'}. Arrow keys move it, plus and minus zoom.`}
        onKeyDown={(event) => {
          const by = ARROWS[event.key]
          if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          const step = event.shiftKey ? PAN_STEP * 4 : PAN_STEP
          stage.pan({ x: by.x * step, y: by.y * step })
        }}
      >
        {image?.problem != null && <PictureProblem {...image.problem} />}
        {isShown && stage.isTrainerView && (
          <TrainerView url={previewUrl(image)} image={picture} stage={size} />
        )}
        {image?.problem == null && !stage.isTrainerView && size.width > 0 && (
          <div className="stage-picture" style={placeOf(stage)}>
            <Skeleton width="100%" height="100%" />
            {isShown && <PictureLayers image={image} stage={stage} />}
            {overlay}
          </div>
        )}
      </div>
      <div className="stage-bar">
        {isShown && <StageTools stage={stage} />}
        <div className="stage-facts">{facts}</div>
      </div>
    </section>
  )
}

const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
}

interface PictureLayersProps {
  readonly image: StageImage
  readonly stage: Stage
}

function PictureLayers({ image, stage }: PictureLayersProps) {
  const preview = previewUrl(image)
  const isOriginalNeeded = needsOriginal(stage.viewport, stage.geometry, PREVIEW_LONGER_SIDE)
  const original = imageUrl(image)
  return (
    <>
      <div className="stage-checks" />
      <img
        key={image.id}
        className="stage-thumbnail"
        src={thumbnailUrl(image, 256)}
        alt=""
        draggable={false}
      />
      <PictureLayer
        key={preview}
        url={preview}
        className="stage-layer"
        failed={
          <PictureProblem
            code="IMAGE_UNREADABLE"
            message="Expected a picture for the screen, but the core could not make one."
          />
        }
      />
      {isOriginalNeeded && <PictureLayer key={original} url={original} className="stage-layer" />}
    </>
  )
}

function useStageCommands(stage: Stage, focus: () => void): void {
  useCommandHandlers({
    'align.zoomIn': {
      run: () => {
        stage.zoom(ZOOM_STEP)
      },
    },
    'align.zoomOut': {
      run: () => {
        stage.zoom(1 / ZOOM_STEP)
      },
    },
    'align.zoomFit': { run: stage.fit },
    'align.zoomActual': {
      run: () => {
        stage.showActual()
      },
    },
    'align.toggleTrainerView': { run: stage.toggleTrainerView },
    'align.focusPicture': { run: focus },
  })
}

function sizeOf(image: StageImage | undefined): Size | null {
  if (image?.width == null || image.height == null) return null
  return { width: image.width, height: image.height }
}

function placeOf({ viewport, geometry }: Stage) {
  return {
    transform: `translate(${viewport.x}px, ${viewport.y}px)`,
    width: geometry.image.width * viewport.scale,
    height: geometry.image.height * viewport.scale,
    // From four screen pixels a picture pixel on, people look at the pixels themselves.
    imageRendering: viewport.scale * geometry.pixelRatio >= 4 ? 'pixelated' : 'auto',
  } as const
}

function isPannable({ viewport, geometry }: Stage): boolean {
  return (
    geometry.image.width * viewport.scale > geometry.stage.width + 1 ||
    geometry.image.height * viewport.scale > geometry.stage.height + 1
  )
}
