import type { ImageId } from '../../../../shared/domain/ids.ts'

export function AlignScreen({ imageId }: { readonly imageId: ImageId }) {
  return <h1>Align {imageId}</h1>
}
