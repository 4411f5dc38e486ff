import { useMemo } from 'react'
import type { WordDiff } from '../../../../../shared/domain/word-diff.ts'
import { DiffText } from './DiffText.tsx'
import { splitRows } from './diff-rows.ts'

interface SideBySideDiffProps {
  readonly diff: WordDiff
  /** What stands at the left, e.g. `the anchor`. */
  readonly beforeLabel: string
}

/** A diff as two columns, sentence beside sentence. */
export function SideBySideDiff({ diff, beforeLabel }: SideBySideDiffProps) {
  const rows = useMemo(() => splitRows(diff), [diff])
  return (
    <table className="diff-table word-diff">
      <thead>
        <tr>
          <th scope="col">{beforeLabel}</th>
          <th scope="col">the caption</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            <td dir="auto">
              <DiffText parts={row.before} />
            </td>
            <td dir="auto">
              <DiffText parts={row.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
