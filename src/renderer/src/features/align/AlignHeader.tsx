import { ArrowLeft, ChevronDown } from 'lucide-react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { STATUSES } from '../../../../shared/domain/status.ts'
import { keysOf } from '../../commands/key-bindings.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from '../../components/Menu.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { formatCount } from '../../components/quantities.ts'
import { SlotFill } from '../../components/Slots.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { STATUS_LOOKS } from '../../components/status-looks.ts'
import type { Listing } from '../../navigation/listing.ts'
import { SaveIndicator } from './SaveIndicator.tsx'
import type { SettledImage } from './settled-image.ts'
import { PeopleOnImage } from '../people/PeopleOnImage.tsx'
import type { Strip } from './strip/use-strip.ts'

interface AlignHeaderProps {
  readonly imageId: ImageId
  readonly image: SettledImage | undefined
  readonly listing: Listing
  readonly strip: Strip
  readonly onGo: (imageId: ImageId) => void
}

/** Where in the work this image stands, and whether its text is safe, in the frame's header. */
export function AlignHeader({ imageId, image, listing, strip, onGo }: AlignHeaderProps) {
  const run = useRun()
  const { place, total } = strip
  return (
    <>
      <SlotFill name="header-start">
        <IconButton
          icon={ArrowLeft}
          label="Back to the library"
          keys={keysOf('align.backToLibrary')[0]}
          onClick={() => run('align.backToLibrary')}
        />
        {total !== null && (
          <>
            <span className="align-progress">
              <ProgressBar label="Place in the walk" done={place ?? 0} total={total} />
            </span>
            <span className="numeric">
              {place === null ? '' : `${formatCount(place)} of `}
              {formatCount(total)}
            </span>
          </>
        )}
        {listing.query !== '' && (
          <code className="align-query" dir="auto" title="The query that this walk follows">
            {listing.query}
          </code>
        )}
      </SlotFill>
      <SlotFill name="header-end">
        <PeopleOnImage imageId={imageId} />
        <SaveIndicator imageId={imageId} onGo={onGo} />
        {image !== undefined && <StatusMenu image={image} />}
      </SlotFill>
    </>
  )
}

function StatusMenu({ image }: { readonly image: SettledImage }) {
  const run = useRun()
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          className="button button-default align-status"
          aria-label={`Status: ${STATUS_LOOKS[image.status].label}`}
        >
          <StatusBadge status={image.status} />
          <ChevronDown className="icon" aria-hidden />
        </button>
      }
    >
      <MenuLabel>Status</MenuLabel>
      <MenuRadioGroup
        label="Status"
        value={image.status}
        options={STATUSES.map((status) => ({ value: status, label: STATUS_LOOKS[status].label }))}
        onChange={(status) => run('align.setStatus', { status })}
      />
      <MenuSeparator />
      <MenuItem keys={keysOf('align.undo')[0]} onSelect={() => run('align.undo')}>
        Undo
      </MenuItem>
      <MenuItem keys={keysOf('align.redo')[0]} onSelect={() => run('align.redo')}>
        Redo
      </MenuItem>
      <MenuItem isDisabled={image.draft === null} onSelect={() => run('align.discardDraft')}>
        Discard the draft
      </MenuItem>
    </Menu>
  )
}
