import type { ImageId } from '../../../../shared/domain/ids.ts'
import { describeOthers } from '../people/people-here.ts'
import { makeElement, makeIcon, setText } from './element.ts'

const PERSON_PATHS = [
  'M8 2.5a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 1 0 0-5.4',
  'M2.8 13.5c.6-5 9.8-5 10.4 0',
]

type Others = ReadonlyMap<ImageId, readonly string[]>

let others: Others = new Map()

/** Sets who is on which image for all rows; they show it with their next update. */
export function setOthers(next: Others): void {
  others = next
}

/** A mark with the names of the others who have the row's image open; hidden while there are none. */
export function createPeopleMark(className: string) {
  const names = makeElement('span')
  names.dir = 'auto'
  const element = makeElement('span', {
    className,
    role: 'img',
    children: [makeIcon('status-icon', PERSON_PATHS), names],
  })
  element.hidden = true
  return {
    element,
    update(imageId: ImageId | undefined): void {
      const here = imageId === undefined ? [] : (others.get(imageId) ?? [])
      element.hidden = here.length === 0
      setText(names, here.join(', '))
      if (here.length > 0) element.ariaLabel = describeOthers(here)
    },
  }
}
