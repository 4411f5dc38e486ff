import type { LibraryRow } from '../../../../shared/contract/library.ts'
import { thumbnailUrl } from '../../api/media-url.ts'
import type { ItemState } from '../../grid/line-pool.ts'
import { makeElement, makeIcon, setText } from './element.ts'
import { describeProblem } from './row-words.ts'

export interface PictureView {
  readonly element: HTMLElement
  readonly update: (state: ItemState<LibraryRow>) => void
}

const WARNING_PATHS = ['M8 2.2l6.3 11.3H1.7z', 'M8 6.5v3.2', 'M8 11.7v.1']
/** Pictures are cropped to the tile only where that hides little. */
const MAX_CROP = 1.25

/**
 * The thumbnail of a row with its states: coming, shown, cannot be shown and why. The picture of the
 * row before is hidden at once when the element is used again.
 */
export function createPicture(size: 256 | 512, boxRatio: number): PictureView {
  const image = makeElement('img')
  image.alt = ''
  image.decoding = 'async'
  image.draggable = false
  const problemTitle = makeElement('strong')
  const problemText = makeElement('span')
  problemText.dir = 'auto'
  const problem = makeElement('div', {
    className: 'picture-problem',
    children: [makeIcon('picture-problem-icon', WARNING_PATHS), problemTitle, problemText],
  })
  problem.hidden = true
  const element = makeElement('div', { className: 'picture', children: [image, problem] })
  let shown = ''

  image.addEventListener('load', () => {
    element.dataset['state'] = 'shown'
  })
  image.addEventListener('error', () => {
    if (shown !== '') showProblem('No thumbnail', 'It could not be made.')
  })

  function showProblem(title: string, text: string): void {
    element.dataset['state'] = 'problem'
    setText(problemTitle, title)
    setText(problemText, text)
    problem.hidden = false
  }

  function show(url: string): void {
    if (url === shown) return
    shown = url
    problem.hidden = true
    element.dataset['state'] = 'waiting'
    if (url === '') image.removeAttribute('src')
    else image.src = url
  }

  return {
    element,
    update({ row, isPictureWaiting }) {
      if (row === undefined) {
        show('')
        return
      }
      if (row.problem !== null) {
        show('')
        showProblem(describeProblem(row.problem.code), row.problem.message)
        return
      }
      const url = thumbnailUrl(row, size)
      if (isPictureWaiting && url !== shown) {
        show('')
        return
      }
      image.style.objectFit = isNearRatio(row, boxRatio) ? 'cover' : 'contain'
      show(url)
    },
  }
}

function isNearRatio({ width, height }: LibraryRow, boxRatio: number): boolean {
  if (width === null || height === null || width === 0 || height === 0) return false
  const share = width / height / boxRatio
  return share < MAX_CROP && share > 1 / MAX_CROP
}
