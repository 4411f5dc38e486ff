import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useLocation } from 'wouter'
import type {
  LibraryRow,
  Selection as ContractSelection,
} from '../../../../shared/contract/library.ts'
import type { Settings } from '../../../../shared/contract/settings.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { formatMeaning, type Meaning } from '../../../../shared/domain/query/meaning.ts'
import { api, client } from '../../api/client.ts'
import { useCommandHandlers, useRun } from '../../commands/CommandProvider.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { alignPath, libraryPath, type Listing } from '../../navigation/listing.ts'
import { showNotice } from '../../notices/notice-store.ts'
import { stepProject, UNDO_ACTION } from '../../notices/step-project.ts'
import type { LibraryVirtualGrid } from './LibraryGrid.tsx'
import { libraryPages } from './library-pages.ts'
import { HASH_DIGITS, selectionQuery } from './selection-query.ts'
import { steppedTileSize } from './tile-sizes.ts'

interface LibraryCommandOptions {
  readonly listing: Listing
  readonly settings: Settings
  readonly meaning: Meaning | null
  readonly active: LibraryRow | undefined
  readonly total: number
  readonly gridRef: RefObject<LibraryVirtualGrid | null>
  readonly queryInputRef: RefObject<HTMLInputElement | null>
  readonly saveSettings: (change: Partial<Settings>) => Promise<void>
  readonly onEditTags: () => void
  readonly onEditTexts: (selection: ContractSelection) => void
  readonly onViews: (dialog: 'save' | 'manage') => void
  readonly onToggleFilters: () => void
  readonly onSearchByMeaning: () => void
}

/** Answers the library's commands while it is on screen. */
export function useLibraryCommands(options: LibraryCommandOptions): void {
  const { listing, settings, saveSettings, meaning, active, total, gridRef, queryInputRef } =
    options
  const activeId = active?.id
  const [, navigate] = useLocation()
  const run = useRun()
  const host = useQuery(api.host.capabilities.queryOptions()).data
  const canReveal = host?.canReveal ?? false
  const hasTarget = () => activeId !== undefined || libraryPages.selection.count(total) > 0

  useCommandHandlers({
    'library.focusQuery': { run: () => queryInputRef.current?.select() },
    'library.setQuery': {
      run: ({ query }) => {
        navigate(libraryPath({ ...listing, query }))
      },
    },
    'library.clearQuery': {
      isEnabled: () => listing.query !== '',
      run: () => {
        navigate(libraryPath({ ...listing, query: '' }))
        gridRef.current?.focus()
      },
    },
    'library.searchByMeaning': { run: options.onSearchByMeaning },
    'library.moreLikeThis': {
      isEnabled: () => active !== undefined && active.hash !== '',
      run: () => {
        if (active === undefined) return
        const like = [active.hash.slice(0, HASH_DIGITS)]
        const rest = meaning?.rest ?? listing.query
        const query = formatMeaning({ texts: [], minus: [], like, rest })
        navigate(libraryPath({ ...listing, query }))
      },
    },
    'library.undo': { run: () => stepProject('undo') },
    'library.redo': { run: () => stepProject('redo') },
    'library.setSort': {
      run: ({ sort }) => {
        navigate(libraryPath({ ...listing, sort }))
      },
    },
    'library.setLayout': { run: ({ layout }) => saveSettings({ libraryLayout: layout }) },
    'library.largerTiles': {
      run: () => saveSettings({ tileSizePx: steppedTileSize(settings.tileSizePx, 1) }),
    },
    'library.smallerTiles': {
      run: () => saveSettings({ tileSizePx: steppedTileSize(settings.tileSizePx, -1) }),
    },
    'library.saveView': {
      run: () => {
        options.onViews('save')
      },
    },
    'library.manageViews': {
      run: () => {
        options.onViews('manage')
      },
    },
    'library.toggleFilters': { run: options.onToggleFilters },
    'library.selectAll': {
      isEnabled: () => total > 0,
      run: () => {
        libraryPages.selection.selectAll()
      },
    },
    'library.clearSelection': {
      isEnabled: () => libraryPages.selection.count(total) > 0,
      run: () => {
        libraryPages.selection.clear()
      },
    },
    'library.align': {
      isEnabled: () => total > 0,
      run: () => {
        if (activeId !== undefined) navigate(alignPath(activeId, listing))
      },
    },
    'library.reveal': {
      isEnabled: () => canReveal && activeId !== undefined,
      run: async () => {
        if (activeId !== undefined) await client.host.revealImage({ imageId: activeId })
      },
    },
    'library.editTags': { isEnabled: hasTarget, run: options.onEditTags },
    'library.editTexts': {
      isEnabled: hasTarget,
      run: () => {
        const selection = chosen(listing.query, activeId)
        if (selection !== undefined) options.onEditTexts(selection)
      },
    },
    'library.setStatus': {
      isEnabled: hasTarget,
      run: async ({ status }) => {
        const selection = chosen(listing.query, activeId)
        if (selection === undefined) return
        const { changed } = await client.library.setStatus({ selection, status })
        announce(`${formatCounted(changed, 'image')} set to ${status}`, changed)
      },
    },
    'library.setTag': {
      isEnabled: hasTarget,
      run: async ({ tag, on }) => {
        const selection = chosen(listing.query, activeId)
        if (selection === undefined) return
        const { changed } = await client.library.setTag({ selection, tag, on })
        const verb = on ? `tagged “${tag}”` : `without “${tag}”`
        announce(`${formatCounted(changed, 'image')} ${verb}`, changed)
      },
    },
    'library.checkCaptions': {
      isEnabled: () => total > 0 && host?.isOwner !== false,
      run: async () => {
        const where = chosenQuery({ listing, meaning, total }, 'check them')
        if (where === undefined) return
        await client.checks.start({ where })
        showNotice({
          title: 'Captions are being checked',
          text: 'What was checked before is skipped. The bar below shows how far it is.',
          action: { label: 'Checks', run: () => run('app.goToChecks') },
        })
      },
    },
    'library.exportSelection': {
      isEnabled: () => total > 0 && host?.isOwner !== false,
      run: () => {
        const query = chosenQuery({ listing, meaning, total }, 'export')
        if (query !== undefined) run('app.goToExport', { query })
      },
    },
  })
}

type Matches = Pick<LibraryCommandOptions, 'listing' | 'meaning' | 'total'>

/** A query for the selected images, else for all that match; undefined, with a notice why, where none can be written. */
function chosenQuery({ listing, meaning, total }: Matches, does: string): string | undefined {
  const { selection, cache } = libraryPages
  const isPicked = selection.get().kind === 'some' && selection.count(total) > 0
  const query =
    meaning !== null && !isPicked
      ? undefined
      : selectionQuery(listing.query, selection.get(), cache.rows())
  if (query !== undefined) return query
  const why =
    meaning !== null && !isPicked
      ? 'A model’s order changes with the model. Select what you want, press T to tag it'
      : 'So many single images do not fit a query. Press T to tag them'
  showNotice({ title: 'Tag these images first', text: `${why}, then ${does} by that tag.` })
  return undefined
}

/** The selected images, else the active one. */
function chosen(query: string, activeId: ImageId | undefined): ContractSelection | undefined {
  const state = libraryPages.selection.get()
  if (state.kind === 'all') return { kind: 'query', query, except: [...state.except] }
  if (state.ids.size > 0) return { kind: 'ids', ids: [...state.ids] }
  return activeId === undefined ? undefined : { kind: 'ids', ids: [activeId] }
}

function announce(title: string, changed: number): void {
  if (changed === 0) {
    showNotice({ title: 'Nothing to change', text: 'These images were like that already.' })
    return
  }
  showNotice({
    tone: 'success',
    title,
    action: UNDO_ACTION,
  })
}
