import { useQuery } from '@tanstack/react-query'
import { Bookmark, BookmarkPlus, PencilLine, ScanText } from 'lucide-react'
import { useLocation } from 'wouter'
import type { SavedView } from '../../../../../shared/contract/views.ts'
import type { Sort } from '../../../../../shared/domain/sort.ts'
import { api } from '../../../api/client.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { Button } from '../../../components/Button.tsx'
import {
  Menu,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuSeparator,
} from '../../../components/Menu.tsx'
import { libraryPath, type Listing } from '../../../navigation/listing.ts'
import { isViewOf } from './view-of.ts'

const RISK_FIRST: Sort = { key: 'risk', descending: true }

/** What is worth going through after a check, ready to be saved under another name. */
const CHECK_VIEWS: readonly { readonly name: string; readonly query: string }[] = [
  { name: 'Words the picture does not support', query: 'unsupported>0' },
  { name: 'Less than half decided', query: 'coverage<50%' },
  { name: 'Fits the picture badly', query: 'score<20%' },
]

/** Goes to a saved view, or saves what the library shows as one. */
export function ViewsMenu({ listing }: { readonly listing: Listing }) {
  const run = useRun()
  const [, navigate] = useLocation()
  const views = useQuery(api.views.list.queryOptions()).data ?? []
  const shown = views.find((view) => isViewOf(view, listing))
  return (
    <Menu
      align="end"
      trigger={
        <Button
          className="views-button"
          icon={Bookmark}
          aria-label={shown === undefined ? 'Views' : `View: ${shown.name}`}
        >
          <span className="views-name" dir="auto">
            {shown?.name ?? 'Views'}
          </span>
        </Button>
      }
    >
      {views.length > 0 && (
        <>
          <MenuLabel>Saved views</MenuLabel>
          <div className="views-list">
            <MenuRadioGroup
              label="Saved views"
              value={shown === undefined ? '' : String(shown.id)}
              options={views.map((view) => ({ value: String(view.id), label: view.name }))}
              onChange={(id) => {
                const view = views.find((candidate) => String(candidate.id) === id)
                if (view !== undefined) navigate(libraryPath(listingOf(view)))
              }}
            />
          </div>
          <MenuSeparator />
        </>
      )}
      <MenuLabel>By what the checks found</MenuLabel>
      {CHECK_VIEWS.map(({ name, query }) => (
        <MenuItem
          key={query}
          icon={ScanText}
          onSelect={() => {
            navigate(libraryPath({ query, sort: RISK_FIRST }))
          }}
        >
          {name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={BookmarkPlus} keys="v" onSelect={() => run('library.saveView')}>
        Save this view…
      </MenuItem>
      <MenuItem
        icon={PencilLine}
        isDisabled={views.length === 0}
        onSelect={() => run('library.manageViews')}
      >
        Rename, change or remove…
      </MenuItem>
    </Menu>
  )
}

function listingOf({ query, sort }: SavedView): Listing {
  return { query, sort }
}
