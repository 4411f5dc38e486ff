import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import type { LibraryRow, Selection } from '../../../../shared/contract/library.ts'
import type { Settings } from '../../../../shared/contract/settings.ts'
import { api } from '../../api/client.ts'
import { findQueryMistake } from '../../api/describe-error.ts'
import { useAppEvents } from '../../api/events.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { useSaveSettings } from '../../api/use-save-settings.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { formatCount } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { SlotFill } from '../../components/Slots.tsx'
import { findMeaning, type Meaning } from '../../../../shared/domain/query/meaning.ts'
import { alignPath, libraryPath, type Listing } from '../../navigation/listing.ts'
import { rememberListing } from '../../navigation/last-listing.ts'
import { reportError } from '../../notices/report-error.ts'
import { useListing } from '../../navigation/use-listing.ts'
import { SearchNothing } from '../search/SearchNothing.tsx'
import { SearchStrip } from '../search/SearchStrip.tsx'
import { Facets } from './Facets.tsx'
import { LibraryGrid, type LibraryVirtualGrid } from './LibraryGrid.tsx'
import { LibraryNothing } from './LibraryNothing.tsx'
import { libraryPages } from './library-pages.ts'
import { LibraryTools } from './LibraryTools.tsx'
import { QueryBar } from './QueryBar.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { TagDialog } from './TagDialog.tsx'
import { TextEditDialog } from './TextEditDialog.tsx'
import { useFilters } from './use-filters.ts'
import { useLibraryCommands } from './use-library-commands.ts'
import { useLibraryLook } from './use-library-look.ts'
import { useLibraryPlace } from './use-library-place.ts'
import { useQueryText } from './use-query-text.ts'
import { ManageViewsDialog } from './views/ManageViewsDialog.tsx'
import { SaveViewDialog } from './views/SaveViewDialog.tsx'
import './LibraryScreen.css'

/** All images of the project: find, sort, select, change many, and go on to align them. */
export function LibraryScreen() {
  const settings = useQuery({ ...api.settings.get.queryOptions(), throwOnError: hasNothingToShow })
  const project = useQuery({
    ...api.projects.current.queryOptions(),
    throwOnError: hasNothingToShow,
  })
  const listing = useListing()
  if (settings.data === undefined || project.data == null) return null
  return <Library settings={settings.data} projectUid={project.data.uid} listing={listing} />
}

interface LibraryProps {
  readonly settings: Settings
  readonly projectUid: string
  readonly listing: Listing
}

function Library({ settings, projectUid, listing }: LibraryProps) {
  const [, navigate] = useLocation()
  const run = useRun()
  const gridRef = useRef<LibraryVirtualGrid>(null)
  const queryInputRef = useRef<HTMLInputElement>(null)
  const [isTagging, setTagging] = useState(false)
  const [edited, setEdited] = useState<Selection>()
  const [viewDialog, setViewDialog] = useState<'save' | 'manage' | null>(null)
  const [active, setActive] = useState<{ index: number; row: LibraryRow | undefined }>({
    index: libraryPages.place.active,
    row: undefined,
  })
  const filters = useFilters()
  const saveSettings = useSaveSettings()
  const { total, error } = useSyncExternalStore(libraryPages.subscribe, libraryPages.state)
  const selection = useSyncExternalStore(
    libraryPages.selection.subscribe,
    libraryPages.selection.get,
  )
  const selectedCount =
    selection.kind === 'all' ? (total ?? 0) - selection.except.size : selection.ids.size
  const heldRow = useSyncExternalStore(libraryPages.subscribe, () =>
    libraryPages.cache.get(active.index),
  )
  const activeRow = heldRow ?? active.row
  const { libraryLayout: layout, tileSizePx } = settings
  const isRanked = useMemo(() => readMeaning(listing.query) !== null, [listing.query])
  const look = useLibraryLook({ layout, tileSizePx, sort: isRanked ? null : listing.sort })

  const meaning = useMemo(() => readMeaning(listing.query), [listing.query])

  useLibraryPlace({ projectUid, listing, gridRef })
  useEffect(() => {
    rememberListing(listing)
  }, [listing])
  useAppEvents((event) => {
    if (event.topic === 'images' || event.topic === 'resync') libraryPages.refresh()
  })
  useLibraryCommands({
    listing,
    settings,
    saveSettings,
    meaning,
    active: activeRow,
    total: total ?? 0,
    gridRef,
    queryInputRef,
    onEditTags: () => {
      setTagging(true)
    },
    onEditTexts: setEdited,
    onViews: setViewDialog,
    onToggleFilters: filters.toggle,
    onSearchByMeaning: () => {
      // The text is put in at once, so that the next key finds the caret between the quotes.
      flushSync(() => {
        queryText.setText(`${queryText.text.trim()} sim:""`.trim())
      })
      const input = queryInputRef.current
      input?.focus()
      input?.setSelectionRange(input.value.length - 1, input.value.length - 1)
    },
  })
  const queryText = useQueryText({
    query: listing.query,
    serverMistake: findQueryMistake(error),
    onApply: (query) => {
      navigate(libraryPath({ ...listing, query }), { replace: true })
    },
  })

  return (
    <div className="library" data-filters={filters.areShown}>
      <SlotFill name="header-end">
        <LibraryTools
          listing={listing}
          sort={meaning === null ? listing.sort : null}
          layout={layout}
          tileSizePx={tileSizePx}
          areFiltersShown={filters.areShown}
          onTileSize={(sizePx) => {
            saveSettings({ tileSizePx: sizePx }).catch(reportError)
          }}
        />
      </SlotFill>
      <h1 className="visually-hidden">Library</h1>
      <div className="library-query">
        <QueryBar
          inputRef={queryInputRef}
          text={queryText.text}
          mistake={queryText.mistake}
          onChange={queryText.setText}
          onSubmit={() => {
            if (queryText.applyNow()) gridRef.current?.focus()
          }}
          onLeave={() => gridRef.current?.focus()}
        />
        <MatchCount
          total={total}
          isFiltered={listing.query !== ''}
          hasError={error !== undefined}
        />
        <Button
          variant="primary"
          icon={ArrowRight}
          keys="Mod+Enter"
          disabled={(total ?? 0) === 0}
          onClick={() => run('library.align')}
        >
          Align these
        </Button>
      </div>
      {filters.areShown && <Facets query={listing.query} />}
      {meaning !== null && (
        <SearchStrip
          meaning={meaning}
          onChange={(query) => run('library.setQuery', { query })}
          onNewVectors={libraryPages.refresh}
        />
      )}
      <section className="library-images" aria-label="Images">
        <LibraryGrid
          gridRef={gridRef}
          look={look}
          onOpen={(row) => {
            navigate(alignPath(row.id, listing))
          }}
          onActiveChange={(index, row) => {
            setActive({ index, row })
          }}
        />
        {meaning === null ? (
          <LibraryNothing total={total} error={error} isFiltered={listing.query !== ''} />
        ) : (
          <SearchNothing total={total} error={error}>
            <LibraryNothing total={total} error={error} isFiltered />
          </SearchNothing>
        )}
      </section>
      <SlotFill name="status-bar">
        <SelectionBar
          selectedCount={selectedCount}
          active={{ index: active.index, row: activeRow }}
          total={total}
        />
      </SlotFill>
      <SaveViewDialog
        isOpen={viewDialog === 'save'}
        listing={listing}
        onClose={() => {
          setViewDialog(null)
        }}
      />
      <ManageViewsDialog
        isOpen={viewDialog === 'manage'}
        listing={listing}
        onClose={() => {
          setViewDialog(null)
        }}
      />
      <TextEditDialog
        selection={edited}
        onClose={() => {
          setEdited(undefined)
        }}
      />
      <TagDialog
        isOpen={isTagging}
        count={selectedCount === 0 ? 1 : selectedCount}
        onClose={() => {
          setTagging(false)
        }}
      />
    </div>
  )
}

function readMeaning(query: string): Meaning | null {
  const result = findMeaning(query)
  return result.ok ? result.meaning : null
}

interface MatchCountProps {
  readonly total: number | undefined
  readonly isFiltered: boolean
  readonly hasError: boolean
}

function MatchCount({ total, isFiltered, hasError }: MatchCountProps) {
  if (total === undefined) return hasError ? null : <Skeleton width="76px" height="14px" />
  const words = isFiltered ? (total === 1 ? 'matches' : 'match') : total === 1 ? 'image' : 'images'
  return (
    <span className="numeric match-count" role="status">{`${formatCount(total)} ${words}`}</span>
  )
}
