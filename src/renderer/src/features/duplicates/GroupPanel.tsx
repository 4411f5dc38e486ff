import { Check } from 'lucide-react'
import { useState } from 'react'
import type { DuplicateGroup, DuplicateMember } from '../../../../shared/contract/duplicates.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { client } from '../../api/client.ts'
import { previewUrl } from '../../api/media-url.ts'
import { Button } from '../../components/Button.tsx'
import { CheckField } from '../../components/CheckField.tsx'
import { classNames } from '../../components/class-names.ts'
import { Panel } from '../../components/Page.tsx'
import { formatBytes, formatCount, formatCounted } from '../../components/quantities.ts'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { showNotice } from '../../notices/notice-store.ts'
import { reportError } from '../../notices/report-error.ts'
import { UNDO_ACTION } from '../../notices/step-project.ts'

const PREVIEW_PX = 800

/** The images of one group side by side. One is kept: the suggested one, unless the person chooses another. */
export function GroupPanel({ group }: { readonly group: DuplicateGroup }) {
  const { members, size, bestId } = group
  const [chosenId, setChosen] = useState<ImageId | null>(null)
  const [isMerging, setMerging] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const keepId = members.some(({ id }) => id === chosenId) ? (chosenId ?? bestId) : bestId
  const others = members.filter(({ id }) => id !== keepId).map(({ id }) => id)
  const hasTexts = members.some(({ id, altCount }) => id !== keepId && altCount > 0)

  async function keep(): Promise<void> {
    if (isMerging && hasTexts) await client.duplicates.mergeTexts({ toId: keepId, fromIds: others })
    const { changed } = await client.library.setStatus({
      selection: { kind: 'ids', ids: others },
      status: 'discarded',
    })
    showNotice({
      tone: 'success',
      title: `One kept, ${formatCounted(changed, 'image')} discarded`,
      action: UNDO_ACTION,
    })
  }

  return (
    <Panel
      title={`${formatCounted(size, 'image')} that look alike`}
      aside={
        <Button
          variant="primary"
          icon={Check}
          isBusy={isBusy}
          onClick={() => {
            setBusy(true)
            keep()
              .catch(reportError)
              .finally(() => {
                setBusy(false)
              })
          }}
        >
          Keep one, discard {formatCount(others.length)}
        </Button>
      }
    >
      <fieldset className="duplicates-members">
        <legend className="visually-hidden">Which of them to keep</legend>
        {members.map((member) => (
          <Copy
            key={member.id}
            member={member}
            group={group}
            isKept={member.id === keepId}
            onKeep={setChosen}
          />
        ))}
      </fieldset>
      {size > members.length && (
        <p>
          {formatCounted(size - members.length, 'more image')} of this group come up after these.
        </p>
      )}
      {hasTexts && (
        <CheckField
          checked={isMerging}
          onChange={setMerging}
          hint="As evidence, with their origin. Alt-texts are never taken away again, also not by undo."
        >
          Add the others’ alt-texts to the kept image
        </CheckField>
      )}
    </Panel>
  )
}

interface CopyProps {
  readonly member: DuplicateMember
  readonly group: DuplicateGroup
  readonly isKept: boolean
  readonly onKeep: (id: ImageId) => void
}

function Copy({ member, group, isKept, onKeep }: CopyProps) {
  const { id, name, width, height, sizeBytes, status, altCount, textLength } = member
  const facts = [
    width === null || height === null ? '' : `${width} × ${height}`,
    sizeBytes === null ? '' : formatBytes(sizeBytes),
    `${formatCounted(altCount, 'alt-text')}, ${formatCounted(textLength, 'character')}`,
    describeNearness(member),
  ]
  const merits = [
    id === group.bestId ? 'suggested' : '',
    member.isLargest ? 'largest' : '',
    member.isSharpest ? 'sharpest' : '',
    member.hasMostText ? 'most text' : '',
  ]
  return (
    <label className={classNames('duplicates-copy', isKept && 'duplicates-copy-kept')}>
      <img src={previewUrl(member, PREVIEW_PX)} alt="" loading="lazy" />
      <span className="duplicates-choice">
        <input
          type="radio"
          name={`keep-${group.number}`}
          checked={isKept}
          onChange={() => {
            onKeep(id)
          }}
        />
        <bdi title={name}>{name}</bdi>
      </span>
      <span className="duplicates-merits">
        {merits
          .filter((merit) => merit !== '')
          .map((merit) => (
            <span key={merit}>{merit}</span>
          ))}
        {isKept && <strong>kept</strong>}
      </span>
      <span className="duplicates-facts">{facts.filter((fact) => fact !== '').join(' · ')}</span>
      <StatusBadge status={status} />
    </label>
  )
}

function describeNearness({ hashDistance, cosine }: DuplicateMember): string {
  const parts = [
    hashDistance === null ? '' : formatCounted(hashDistance, 'bit') + ' apart',
    cosine === null ? '' : `cosine ${cosine.toFixed(3)}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}
