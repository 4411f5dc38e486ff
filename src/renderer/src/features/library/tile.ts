import type { LibraryRow } from '../../../../shared/contract/library.ts'
import { STATUS_LOOKS } from '../../components/status-looks.ts'
import type { ItemView } from '../../grid/line-pool.ts'
import { makeElement, makeIcon, setIconPaths, setText } from './element.ts'
import { createPeopleMark } from './people-on-rows.ts'
import { createPicture } from './picture.ts'
import { describeMark } from './row-words.ts'

/** Height of a tile's picture as a share of its width. */
export const TILE_PICTURE_RATIO = 2 / 3

const TICK_PATHS = STATUS_LOOKS.accepted.paths

interface TileOptions {
  readonly pictureSize: 256 | 512
  /** Shows the picture and the shape of the status only. */
  readonly isSmall: boolean
}

/** A picture with its status, marks, and the start of its text. */
export function createTile({ pictureSize, isSmall }: TileOptions): ItemView<LibraryRow> {
  const picture = createPicture(pictureSize, 1 / TILE_PICTURE_RATIO)
  const statusIcon = makeIcon('status-icon', [])
  const statusText = makeElement('span', { className: 'tile-status-text' })
  const status = makeElement('span', {
    className: 'tile-status',
    children: [statusIcon, statusText],
  })
  const mark = makeElement('span', { className: 'tile-mark' })
  const people = createPeopleMark('tile-people')
  const tick = makeElement('span', {
    className: 'tile-tick',
    children: [makeIcon('status-icon', TICK_PATHS)],
  })
  tick.dataset['tick'] = ''
  const text = makeElement('p', { className: 'tile-text' })
  text.dir = 'auto'
  const frame = makeElement('div', {
    className: 'tile-picture',
    children: [picture.element, status, mark, people.element, tick],
  })
  const element = makeElement('div', {
    className: isSmall ? 'tile tile-small' : 'tile',
    children: [frame, text],
  })
  return {
    element,
    update(state) {
      const { row } = state
      picture.update(state)
      people.update(row?.id)
      element.classList.toggle('is-waiting', row === undefined)
      if (row === undefined) {
        setText(text, '')
        return
      }
      setText(text, row.text === '' ? row.name : row.text)
      text.classList.toggle('tile-text-faint', row.text === '')
      element.title = row.problem === null ? row.name : `${row.name}: ${row.problem.message}`
      const look = STATUS_LOOKS[row.status]
      if (status.dataset['status'] !== row.status) {
        status.dataset['status'] = row.status
        status.ariaLabel = look.label
        setIconPaths(statusIcon, look.paths)
        setText(statusText, look.label)
      }
      const markText = describeMark(row)
      setText(mark, markText)
      mark.hidden = markText === ''
    },
  }
}
