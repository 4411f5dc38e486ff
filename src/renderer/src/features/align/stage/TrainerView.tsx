import { useEffect, useRef } from 'react'
import { pictureCache } from './picture-cache.ts'
import { centreCrop, type Size } from './viewport.ts'

/** Side of the square that CLIP and most of its kin are trained on. */
export const TRAINER_SIDE = 224

interface TrainerViewProps {
  readonly url: string
  readonly image: Size
  readonly stage: Size
}

/** The picture as a trainer with a centre crop sees it, enlarged by whole pixels only. */
export function TrainerView({ url, image, stage }: TrainerViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let isCurrent = true
    void drawCrop(url, () => (isCurrent ? canvas.current : null))
    return () => {
      isCurrent = false
    }
  }, [url])
  const room = Math.min(stage.width, stage.height - 96) * 0.92
  const side = TRAINER_SIDE * Math.max(1, Math.floor(room / TRAINER_SIDE))
  const lost = Math.round(centreCrop(image).lostShare * 100)
  return (
    <figure className="trainer-view">
      <canvas
        ref={canvas}
        width={TRAINER_SIDE}
        height={TRAINER_SIDE}
        style={{ width: side, height: side }}
        role="img"
        aria-label={`The picture at ${TRAINER_SIDE} by ${TRAINER_SIDE} pixels`}
      />
      <figcaption>
        {TRAINER_SIDE} × {TRAINER_SIDE}, centre crop
        {lost > 0 && `, ${lost} % of the picture is cut off`}
      </figcaption>
    </figure>
  )
}

async function drawCrop(url: string, findCanvas: () => HTMLCanvasElement | null): Promise<void> {
  const { element } = pictureCache.get(url)
  try {
    await element.decode()
  } catch {
    // The stage says why a picture cannot be shown.
    return
  }
  const { side, x, y } = centreCrop({ width: element.naturalWidth, height: element.naturalHeight })
  const crop = await createImageBitmap(element, x, y, side, side, {
    resizeWidth: TRAINER_SIDE,
    resizeHeight: TRAINER_SIDE,
    resizeQuality: 'high',
  })
  const context = findCanvas()?.getContext('2d')
  context?.clearRect(0, 0, TRAINER_SIDE, TRAINER_SIDE)
  context?.drawImage(crop, 0, 0)
  crop.close()
}
