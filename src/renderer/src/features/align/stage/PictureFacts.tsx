import { formatBytes } from '../../../components/quantities.ts'
import type { SettledImage } from '../settled-image.ts'

/** Name, size and format of the picture, in one line. */
export function PictureFacts({ image }: { readonly image: SettledImage }) {
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
