import type { LibraryRow } from '../../../../shared/contract/library.ts'
import type { Sort, SortKey } from '../../../../shared/domain/sort.ts'
import { formatAgo } from '../../components/quantities.ts'
import { STATUS_LOOKS } from '../../components/status-looks.ts'
import type { ItemView } from '../../grid/line-pool.ts'
import { makeElement, makeIcon, setIconPaths, setText } from './element.ts'
import { createPeopleMark } from './people-on-rows.ts'
import { createPicture } from './picture.ts'
import { describeSimilarity, describeSize } from './row-words.ts'

export const TABLE_LINE_HEIGHT = 56
export const TABLE_HEADER_HEIGHT = 33

interface Column {
  readonly name: string
  readonly sort?: SortKey
}

const COLUMNS: readonly Column[] = [
  { name: 'Picture', sort: 'added' },
  { name: 'Name', sort: 'name' },
  { name: 'Text', sort: 'length' },
  { name: 'Status', sort: 'status' },
  { name: 'Round' },
  { name: 'Size', sort: 'pixels' },
  { name: 'Tags' },
  { name: 'Updated', sort: 'updated' },
]

/** The sticky first line; a click on a name sorts by it, a second click turns the order. */
export function createTableHeader(sort: Sort | null, onSort: (sort: Sort) => void): HTMLElement {
  const cells = COLUMNS.map(({ name, sort: key }) => {
    const cell = makeElement('div', { className: 'table-cell', role: 'columnheader' })
    if (key === undefined || sort === null) {
      cell.textContent = name
      return cell
    }
    const isOn = sort.key === key
    const arrow = isOn ? (sort.descending ? ' ↓' : ' ↑') : ''
    const button = makeElement('button', { text: `${name}${arrow}` })
    button.type = 'button'
    button.tabIndex = -1
    button.addEventListener('click', (event) => {
      event.stopPropagation()
      onSort({ key, descending: isOn ? !sort.descending : key === 'updated' })
    })
    cell.ariaSort = isOn ? (sort.descending ? 'descending' : 'ascending') : 'none'
    cell.append(button)
    return cell
  })
  const header = makeElement('div', { className: 'table-header', role: 'row', children: cells })
  header.setAttribute('aria-rowindex', '1')
  return header
}

/** One line of the table. */
export function createTableRow(): ItemView<LibraryRow> {
  const picture = createPicture(256, 1)
  const tick = makeElement('span', {
    className: 'table-tick',
    children: [makeIcon('status-icon', STATUS_LOOKS.accepted.paths)],
  })
  tick.dataset['tick'] = ''
  const name = makeElement('span', { className: 'table-name' })
  name.dir = 'auto'
  const people = createPeopleMark('table-people')
  const score = makeElement('span', { className: 'table-score numeric' })
  const text = makeElement('span', { className: 'table-text' })
  text.dir = 'auto'
  const statusIcon = makeIcon('status-icon', [])
  const statusText = makeElement('span')
  const status = makeElement('span', {
    className: 'status-badge',
    children: [statusIcon, statusText],
  })
  const round = makeElement('span', { className: 'numeric' })
  const size = makeElement('span', { className: 'numeric' })
  const tags = makeElement('span', { className: 'table-tags' })
  tags.dir = 'auto'
  const updated = makeElement('span', { className: 'numeric' })
  const cells = [
    [tick, picture.element],
    [name, score, people.element],
    [text],
    [status],
    [round],
    [size],
    [tags],
    [updated],
  ]
  const element = makeElement('div', {
    className: 'table-row',
    children: cells.map((children, column) => {
      const cell = makeElement('div', { className: 'table-cell', role: 'gridcell', children })
      cell.setAttribute('aria-colindex', String(column + 1))
      return cell
    }),
  })
  return {
    element,
    update(state) {
      const { row } = state
      picture.update(state)
      people.update(row?.id)
      element.classList.toggle('is-waiting', row === undefined)
      setText(name, row?.name ?? '')
      setText(score, row?.similarity === undefined ? '' : describeSimilarity(row.similarity))
      setText(text, row?.text ?? '')
      setText(round, row === undefined ? '' : String(row.round))
      setText(size, row === undefined ? '' : describeSize(row))
      setText(tags, row?.tags.join(', ') ?? '')
      setText(updated, row === undefined ? '' : formatAgo(row.updatedAt, Date.now()))
      setText(statusText, row === undefined ? '' : STATUS_LOOKS[row.status].label)
      if (row !== undefined && status.dataset['status'] !== row.status) {
        status.dataset['status'] = row.status
        status.className = `status-badge status-${row.status}`
        setIconPaths(statusIcon, STATUS_LOOKS[row.status].paths)
      }
    },
  }
}
