import { expect, type Locator, type Page } from '@playwright/test'

interface LinesInView {
  readonly lines: readonly { readonly position: number; readonly name: string }[]
  readonly uncoveredPx: number
}

export interface LibraryPage {
  readonly query: Locator
  /** What is wrong with the query, at its place. */
  readonly queryMistake: Locator
  readonly suggestions: Locator
  /** "12 images", "3 match". */
  readonly count: Locator
  readonly grid: Locator
  readonly cells: Locator
  readonly rows: Locator
  readonly filters: Locator
  readonly statusBar: Locator
  readonly selectedCount: Locator
  readonly tagDialog: Locator
  /** The tile or line that the keyboard stands on. */
  readonly active: Locator
  readonly cell: (text: string | RegExp) => Locator
  readonly row: (text: string | RegExp) => Locator
  readonly facet: (name: string) => Locator
  readonly columnHeader: (name: string) => Locator
  readonly layout: (name: 'Grid' | 'Table') => Locator
  readonly sortBy: (name: string) => Promise<void>
  /** What stands in the place of images where there are none to show. */
  readonly nothing: Locator
  /** The table's lines that are in view, from the top, and how much of the view they leave empty. */
  readonly readLines: () => Promise<LinesInView>
  /** Moves the scroll bar to a share of its way, 0 to 1. */
  readonly scrollTo: (share: number) => Promise<void>
  /** How many pictures of the tiles in view have come. */
  readonly countPictures: () => Promise<number>
  /** Waits for the listing to be there, as "12 images", and to take keys. */
  readonly expectOpen: (count: string) => Promise<void>
  /** Types into the query bar after `/`. */
  readonly search: (query: string) => Promise<void>
}

export function createLibraryPage(page: Page): LibraryPage {
  const main = page.getByRole('main')
  const grid = main.getByRole('grid', { name: 'Images' })
  const query = main.getByRole('combobox', { name: 'Query' })
  const filters = main.getByRole('complementary', { name: 'Filters' })
  const count = main.getByRole('status').filter({ hasText: /\d (images?|match|matches)$/ })
  const statusBar = page.getByRole('contentinfo')
  return {
    query,
    queryMistake: main.getByRole('search').getByRole('status'),
    suggestions: main.getByRole('listbox', { name: 'Suggestions' }),
    count,
    grid,
    cells: grid.getByRole('gridcell'),
    rows: grid.getByRole('row'),
    filters,
    statusBar,
    selectedCount: statusBar.getByRole('status'),
    tagDialog: page.getByRole('dialog', { name: 'Tags' }),
    active: grid.locator('.is-active'),
    cell: (text) => grid.getByRole('gridcell').filter({ hasText: text }),
    row: (text) => grid.getByRole('row').filter({ hasText: text }),
    facet: (name) => filters.getByRole('button', { name }),
    columnHeader: (name) => grid.getByRole('columnheader', { name }),
    layout: (name) => page.getByRole('radio', { name, exact: true }),
    sortBy: async (name) => {
      await page.getByRole('button', { name: /^Order:/ }).click()
      await page.getByRole('menuitemradio', { name }).click()
      // A menu that is still closing keeps the keys to itself.
      await expect(page.getByRole('menu')).toHaveCount(0)
    },
    nothing: main.getByRole('region', { name: 'Images' }),
    readLines: () => grid.evaluate(readLines),
    scrollTo: (share) =>
      grid.evaluate((element, to) => {
        element.scrollTop = to * (element.scrollHeight - element.clientHeight)
      }, share),
    countPictures: () =>
      grid
        .locator('img')
        .evaluateAll(
          (pictures) =>
            pictures.filter(
              (picture) =>
                picture instanceof HTMLImageElement &&
                picture.checkVisibility() &&
                picture.complete &&
                picture.naturalWidth > 0,
            ).length,
        ),
    expectOpen: async (text) => {
      await expect(count).toHaveText(text)
      await expect(grid).toBeFocused()
    },
    search: async (text) => {
      await page.keyboard.press('/')
      await query.press('ControlOrMeta+a')
      await page.keyboard.type(text)
    },
  }
}

/** Runs in the page. */
function readLines(grid: Element): LinesInView {
  const view = grid.getBoundingClientRect()
  const header = grid.querySelector('.table-header')?.getBoundingClientRect()
  const top = header?.bottom ?? view.top
  const bottom = view.top + grid.clientHeight
  const shown = [...grid.querySelectorAll('[role="row"][aria-selected]')]
    .map((row) => ({ row, box: row.getBoundingClientRect() }))
    .filter(({ row, box }) => row.checkVisibility() && box.bottom > top + 1 && box.top < bottom - 1)
    .sort((left, right) => left.box.top - right.box.top)
  const coveredPx = shown.reduce(
    (sum, { box }) => sum + Math.min(box.bottom, bottom) - Math.max(box.top, top),
    0,
  )
  return {
    lines: shown.map(({ row }) => ({
      position: Number(row.getAttribute('aria-rowindex')) - 2,
      name: row.querySelector('[aria-colindex="2"]')?.textContent ?? '',
    })),
    uncoveredPx: bottom - top - coveredPx,
  }
}
