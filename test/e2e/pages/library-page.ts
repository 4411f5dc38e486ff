import type { Locator, Page } from '@playwright/test'

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
  /** How many pictures of the tiles in view have come. */
  readonly countPictures: () => Promise<number>
  /** Types into the query bar after `/`. */
  readonly search: (query: string) => Promise<void>
}

export function createLibraryPage(page: Page): LibraryPage {
  const main = page.getByRole('main')
  const grid = main.getByRole('grid', { name: 'Images' })
  const query = main.getByRole('combobox', { name: 'Query' })
  const filters = main.getByRole('complementary', { name: 'Filters' })
  const statusBar = page.getByRole('contentinfo')
  return {
    query,
    queryMistake: main.getByRole('search').getByRole('status'),
    suggestions: main.getByRole('listbox', { name: 'Suggestions' }),
    count: main.getByRole('status').filter({ hasText: /\d (images?|match|matches)$/ }),
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
    },
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
    search: async (text) => {
      await page.keyboard.press('/')
      await query.press('ControlOrMeta+a')
      await page.keyboard.type(text)
    },
  }
}
