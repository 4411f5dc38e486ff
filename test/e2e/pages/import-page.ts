import type { Locator, Page } from '@playwright/test'

export interface ImportPage {
  readonly source: Locator
  readonly look: Locator
  readonly browse: Locator
  readonly folderDialog: Locator
  readonly format: Locator
  readonly table: Locator
  readonly records: Locator
  readonly start: Locator
  readonly failure: Locator
  readonly meaningOf: (column: string) => Locator
  readonly record: (image: string) => Locator
  readonly folderEntry: (name: string) => Locator
}

export function createImportPage(page: Page): ImportPage {
  const main = page.getByRole('main')
  const folderDialog = page.getByRole('dialog', { name: 'Source' })
  return {
    source: main.getByRole('textbox', { name: 'Source' }),
    look: main.getByRole('button', { name: 'Look into it' }),
    browse: main.getByRole('button', { name: 'Browse' }),
    folderDialog,
    format: main.getByRole('combobox', { name: 'Format of the source' }),
    table: main.getByRole('region', { name: 'First rows of the table' }),
    records: main.getByRole('list'),
    start: main.getByRole('button', { name: 'Import', exact: true }),
    failure: main.getByRole('alert'),
    meaningOf: (column) => main.getByRole('combobox', { name: `Meaning of ${column}` }),
    record: (image) => main.getByRole('listitem').filter({ hasText: image }),
    folderEntry: (name) => folderDialog.getByRole('button', { name, exact: true }),
  }
}
