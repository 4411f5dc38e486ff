import type { Detail } from '../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import type { Announcer } from './announcer.ts'
import type { CaretPlace } from './editor/caret-place.ts'
import { FoundLayer } from './findings/FoundLayer.tsx'
import { FoundToggle } from './findings/FoundToggle.tsx'
import { useFoundThings } from './findings/use-found-things.ts'
import { useShownFindings } from './FindingsProvider.tsx'
import { EvidenceRegions } from './marks/EvidenceRegions.tsx'
import type { SettledImage } from './settled-image.ts'
import { ImageStage, type StageImage } from './stage/ImageStage.tsx'
import { PictureFacts } from './stage/PictureFacts.tsx'

interface AlignStageProps {
  readonly imageId: ImageId
  /** Undefined while it is on its way. */
  readonly image: SettledImage | undefined
  /** What the listing says of the image, which is often known before. */
  readonly row: StageImage | undefined
  readonly caret: CaretPlace
  /** The unsaid thing that the pointer or the focus is on. */
  readonly detail: Detail | null
  readonly announcer: Announcer
}

/** The picture with what was found in it. */
export function AlignStage({ imageId, image, row, caret, detail, announcer }: AlignStageProps) {
  const found = useFoundThings(imageId, announcer)
  return (
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
          <Evidence imageId={imageId} caret={caret} detail={detail} />
        </>
      }
    />
  )
}

type EvidenceProps = Pick<AlignStageProps, 'imageId' | 'caret' | 'detail'>

/** Follows the findings on its own, so that they do not draw the picture again. */
function Evidence({ imageId, caret, detail }: EvidenceProps) {
  const { findings } = useShownFindings(imageId)
  return <EvidenceRegions findings={findings} caret={caret} detail={detail} />
}
