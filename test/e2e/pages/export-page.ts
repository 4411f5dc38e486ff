import type { Locator, Page } from '@playwright/test'

export interface ExportPage {
  readonly where: Locator
  readonly text: Locator
  readonly pictures: Locator
  readonly target: Locator
  readonly start: Locator
  readonly preview: Locator
  readonly format: (name: string | RegExp) => Locator
}

export function createExportPage(page: Page): ExportPage {
  const main = page.getByRole('main')
  return {
    where: main.getByRole('textbox', { name: 'Only images that match' }),
    text: main.getByRole('combobox', { name: 'Text', exact: true }),
    pictures: main.getByRole('combobox', { name: 'Pictures' }),
    target: main.getByRole('textbox', { name: 'Target folder' }),
    start: main.getByRole('button', { name: 'Export', exact: true }),
    preview: main.getByRole('region', { name: /^Start of/ }),
    format: (name) => main.getByRole('radio', { name }),
  }
}
