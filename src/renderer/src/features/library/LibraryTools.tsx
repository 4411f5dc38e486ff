import {
  ArrowDownNarrowWide,
  ArrowUpNarrowWide,
  Grid2x2,
  ListFilter,
  Sparkles,
  Table2,
} from 'lucide-react'
import type { Settings } from '../../../../shared/contract/settings.ts'
import { SORT_KEYS, type Sort, type SortKey } from '../../../../shared/domain/sort.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuLabel, MenuRadioGroup, MenuSeparator } from '../../components/Menu.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { Slider } from '../../components/Slider.tsx'
import type { Listing } from '../../navigation/listing.ts'
import { SORT_LABELS } from './sort-labels.ts'
import { TILE_SIZES } from './tile-sizes.ts'
import { ViewsMenu } from './views/ViewsMenu.tsx'

interface LibraryToolsProps {
  readonly listing: Listing
  /** Null where a model puts the images in order. */
  readonly sort: Sort | null
  readonly layout: Settings['libraryLayout']
  readonly tileSizePx: number
  readonly areFiltersShown: boolean
  readonly onTileSize: (sizePx: number) => void
}

const LAYOUTS = [
  { value: 'grid', label: 'Grid', icon: Grid2x2, keys: 'g' },
  { value: 'table', label: 'Table', icon: Table2, keys: 'l' },
] as const

const DIRECTIONS = [
  { value: 'up', label: 'Ascending' },
  { value: 'down', label: 'Descending' },
] as const

/** The library's own controls in the header: filters, tile size, order, layout. */
export function LibraryTools(props: LibraryToolsProps) {
  const { listing, sort, layout, tileSizePx, areFiltersShown, onTileSize } = props
  const run = useRun()
  return (
    <>
      <IconButton
        icon={ListFilter}
        label={areFiltersShown ? 'Hide the filters' : 'Show the filters'}
        keys="f"
        aria-pressed={areFiltersShown}
        onClick={() => run('library.toggleFilters')}
      />
      {layout === 'grid' && (
        <Slider
          label="Tile size"
          value={tileSizePx}
          min={TILE_SIZES.min}
          max={TILE_SIZES.max}
          step={4}
          onChange={onTileSize}
        />
      )}
      <ViewsMenu listing={listing} />
      {sort === null ? (
        <Button className="sort-button" icon={Sparkles} disabled title="Best first, by the model">
          Similarity
        </Button>
      ) : (
        <SortMenu sort={sort} />
      )}
      <Segmented
        label="Layout"
        value={layout}
        options={LAYOUTS}
        isIconOnly
        onChange={(next) => run('library.setLayout', { layout: next })}
      />
    </>
  )
}

/** Nobody looks for the least risk first, so that order turns around by itself, and back. */
function isDescending(key: SortKey, before: Sort): boolean {
  return key === 'risk' || (before.key !== 'risk' && before.descending)
}

function SortMenu({ sort }: { readonly sort: Sort }) {
  const run = useRun()
  const setSort = (next: Sort) => run('library.setSort', { sort: next })
  return (
    <Menu
      align="end"
      trigger={
        <Button
          className="sort-button"
          icon={sort.descending ? ArrowDownNarrowWide : ArrowUpNarrowWide}
          aria-label={`Order: ${SORT_LABELS[sort.key]}`}
        >
          {SORT_LABELS[sort.key]}
        </Button>
      }
    >
      <MenuLabel>Order by</MenuLabel>
      <MenuRadioGroup<SortKey>
        label="Order by"
        value={sort.key}
        options={SORT_KEYS.map((key) => ({ value: key, label: SORT_LABELS[key] }))}
        onChange={(key) => setSort({ key, descending: isDescending(key, sort) })}
      />
      <MenuSeparator />
      <MenuRadioGroup<'up' | 'down'>
        label="Direction"
        value={sort.descending ? 'down' : 'up'}
        options={DIRECTIONS}
        onChange={(direction) => setSort({ ...sort, descending: direction === 'down' })}
      />
    </Menu>
  )
}
