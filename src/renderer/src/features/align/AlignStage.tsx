import type { Detail } from '../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import type { Announcer } from './announcer.ts'
import type { CaretPlace } from './editor/caret-place.ts'
import type { PointedPlace } from './editor/pointed-place.ts'
import { FoundLayer } from './findings/FoundLayer.tsx'
import { FoundToggle } from './findings/FoundToggle.tsx'
import { useFoundThings } from './findings/use-found-things.ts'
import { useShownFindings } from './FindingsProvider.tsx'
import { EvidenceRegions } from './marks/EvidenceRegions.tsx'
import { RegionsToggle } from './marks/RegionsToggle.tsx'
import type { SettledImage } from './settled-image.ts'
import { ImageStage, type StageImage } from './stage/ImageStage.tsx'
import { PictureFacts } from './stage/PictureFacts.tsx'
import { parseBoolean, useRemembered } from './use-remembered.ts'

interface AlignStageProps {
  readonly imageId: ImageId
  /** Undefined while it is on its way. */
  readonly image: SettledImage | undefined
  /** What the listing says of the image, which is often known before. */
  readonly row: StageImage | undefined
  readonly caret: CaretPlace
  readonly pointed: PointedPlace
  /** The unsaid thing that the pointer or the focus is on, or a part that somebody asked to see. */
  readonly detail: Detail | null
  readonly announcer: Announcer
}

/** The picture with what was found in it, and where the caption was looked for. */
export function AlignStage(props: AlignStageProps) {
  const { imageId, image, row, caret, pointed, detail, announcer } = props
  const found = useFoundThings(imageId, announcer)
  const [areAllShown, setAllShown] = useRemembered('align.regions', false, parseBoolean)
  return (
    <ImageStage
      imageId={imageId}
      image={image ?? row}
      facts={
        <>
          <RegionsToggle
            imageId={imageId}
            announcer={announcer}
            areShown={areAllShown}
            onChange={setAllShown}
          />
          <FoundToggle found={found} />
          {image !== undefined && <PictureFacts image={image} />}
        </>
      }
      overlay={
        <>
          <FoundLayer found={found} />
          <Evidence {...{ imageId, caret, pointed, detail, areAllShown }} />
        </>
      }
    />
  )
}

type EvidenceProps = Pick<AlignStageProps, 'imageId' | 'caret' | 'pointed' | 'detail'> & {
  readonly areAllShown: boolean
}

/** Follows the findings on its own, so that they do not draw the picture again. */
function Evidence({ imageId, ...rest }: EvidenceProps) {
  const { findings } = useShownFindings(imageId)
  return <EvidenceRegions findings={findings} {...rest} />
}
