import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Guideline } from '../../../../shared/contract/rounds.ts'
import { diffWords } from '../../../../shared/domain/word-diff.ts'
import { api } from '../../api/client.ts'
import { WordDiffView } from '../align/diff/WordDiffView.tsx'

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** What each version of a guideline changed, newest first; asked for when somebody looks. */
export function GuidelineHistory({ round }: { readonly round: number }) {
  const [isOpen, setOpen] = useState(false)
  const versions = useQuery(
    api.rounds.guidelineVersions.queryOptions({ input: { round }, enabled: isOpen }),
  ).data
  const newestFirst = versions?.toSorted((one, other) => other.version - one.version) ?? []
  return (
    <details
      className="guideline-history"
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
    >
      <summary>Older versions</summary>
      <ol>
        {newestFirst.map((version, index) => (
          <Version key={version.version} version={version} before={newestFirst[index + 1]} />
        ))}
      </ol>
    </details>
  )
}

interface VersionProps {
  readonly version: Guideline
  readonly before: Guideline | undefined
}

function Version({ version, before }: VersionProps) {
  const diff = useMemo(
    () => diffWords(before?.markdown ?? '', version.markdown),
    [before?.markdown, version.markdown],
  )
  return (
    <li>
      <p className="guideline-facts">
        Version {version.version}, <bdi>{version.author}</bdi>, {WHEN.format(version.createdAt)}
      </p>
      <div className="guideline-diff">
        <WordDiffView diff={diff} />
      </div>
    </li>
  )
}
