import { Users } from 'lucide-react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { describeOthers, useOthersOnImages } from './people-here.ts'
import './People.css'

/** Who else has the image open, so that two people do not write the same caption unawares. */
export function PeopleOnImage({ imageId }: { readonly imageId: ImageId }) {
  const names = useOthersOnImages().get(imageId) ?? []
  // The live region stays: one that comes with its text is not read out.
  return (
    <span className="people-on-image" role="status">
      {names.length > 0 && (
        <>
          <Users className="icon" aria-hidden />
          <span className="visually-hidden">{describeOthers(names)}</span>
          <span aria-hidden dir="auto" title={describeOthers(names)}>
            {names.join(', ')}
          </span>
        </>
      )}
    </span>
  )
}
