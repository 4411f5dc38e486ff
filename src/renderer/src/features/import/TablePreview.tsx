import {
  COLUMN_ROLES,
  type ColumnMap,
  type ColumnRole,
} from '../../../../shared/domain/column-roles.ts'
import { SelectField } from '../../components/SelectField.tsx'
import { withRole } from './column-map.ts'

interface TablePreviewProps {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly map: ColumnMap
  readonly isDisabled: boolean
  readonly onChange: (map: ColumnMap) => void
}

const ROLE_LABELS: Readonly<Record<ColumnRole, string>> = {
  image: 'Image file',
  url: 'Image address (kept)',
  alt: 'Alt-text',
  title: 'Title',
  'web-caption': 'Web caption',
  caption: 'Caption',
  proposal: 'Proposal',
  tags: 'Tags',
  id: 'Id',
  ignore: 'Leave out',
}

const ROLE_OPTIONS = COLUMN_ROLES.map((role) => ({ value: role, label: ROLE_LABELS[role] }))

/** The first rows of the table; above each column what it means. */
export function TablePreview({ columns, rows, map, isDisabled, onChange }: TablePreviewProps) {
  return (
    <div className="preview-table" tabIndex={0} role="region" aria-label="First rows of the table">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-ignored={(map[column] ?? 'ignore') === 'ignore'}>
                <span dir="auto">{column}</span>
                <SelectField
                  label={`Meaning of ${column}`}
                  isLabelHidden
                  isDisabled={isDisabled}
                  value={map[column] ?? 'ignore'}
                  options={ROLE_OPTIONS}
                  onChange={(role) => {
                    onChange(withRole(map, columns, { column, role }))
                  }}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={rowIndex}>
              {columns.map((column, index) => (
                <td key={column} dir="auto" data-ignored={(map[column] ?? 'ignore') === 'ignore'}>
                  <div>{row[index] ?? ''}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
