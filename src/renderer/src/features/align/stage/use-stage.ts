import { useState, useSyncExternalStore } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import {
  panBy,
  stageCentre,
  toViewport,
  zoomAt,
  type Point,
  type Size,
  type StageGeometry,
  type View,
  type Viewport,
} from './viewport.ts'

export interface Stage {
  readonly geometry: StageGeometry
  readonly view: View
  readonly viewport: Viewport
  readonly isTrainerView: boolean
  readonly toggleTrainerView: () => void
  readonly fit: () => void
  readonly showActual: (about?: Point) => void
  readonly zoom: (factor: number, about?: Point) => void
  readonly pan: (by: Point) => void
}

interface StageOptions {
  readonly imageId: ImageId
  readonly image: Size
  readonly stage: Size
}

/** The view of the picture: what the user asked for, worked out against the sizes of the moment. */
export function useStage({ imageId, image, stage }: StageOptions): Stage {
  const [chosen, setChosen] = useState<{ imageId: ImageId; view: View }>({
    imageId,
    view: { kind: 'fit' },
  })
  const [isTrainerView, setTrainerView] = useState(false)
  const pixelRatio = usePixelRatio()
  const geometry: StageGeometry = { image, stage, pixelRatio }
  // A place zoomed to belongs to one picture; "fit" and 1:1 hold for the next one too.
  const view: View =
    chosen.imageId === imageId || chosen.view.kind !== 'free' ? chosen.view : { kind: 'fit' }
  const viewport = toViewport(view, geometry)

  function set(next: View): void {
    setTrainerView(false)
    setChosen({ imageId, view: next })
  }
  function zoom(factor: number, about = stageCentre(geometry)): void {
    set({ kind: 'free', viewport: zoomAt(viewport, geometry, { pointer: about, factor }) })
  }

  return {
    geometry,
    view,
    viewport,
    isTrainerView,
    toggleTrainerView: () => {
      setTrainerView((isOn) => !isOn)
    },
    fit: () => {
      set({ kind: 'fit' })
    },
    showActual: (about) => {
      if (about === undefined) set({ kind: 'actual' })
      else zoom(1 / pixelRatio / viewport.scale, about)
    },
    zoom,
    pan: (by) => {
      set({ kind: 'free', viewport: panBy(viewport, geometry, by) })
    },
  }
}

function usePixelRatio(): number {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('resize', listener)
      return () => {
        window.removeEventListener('resize', listener)
      }
    },
    () => window.devicePixelRatio,
  )
}
