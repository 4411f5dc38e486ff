import type { Locator, Page } from '@playwright/test'

export interface ExportPage {
  readonly where: Locator
  readonly text: Locator
  readonly pictures: Locator
  readonly target: Locator
  readonly start: Locator
  readonly preview: Locator
  readonly format: (name: string | RegExp) => Locator
  /** How many images are left in the end. */
  readonly images: Locator
  readonly take: Locator
  readonly takeCount: Locator
  readonly thinOut: Locator
  readonly concepts: Locator
  readonly loadConcepts: Locator
  readonly conceptRow: (concept: string) => Locator
  readonly recipe: Locator
  /** Which version it is, and whether what is shown is saved. */
  readonly recipeState: Locator
  readonly nameDialog: Locator
  readonly versions: Locator
  readonly versionsDialog: Locator
  readonly runAgain: (name: string) => Locator
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
    images: main.getByRole('status', { name: 'Images of the subset' }),
    take: main.getByRole('combobox', { name: 'Which' }),
    takeCount: main.getByRole('textbox', { name: 'How many' }).first(),
    thinOut: main.getByRole('checkbox', { name: 'Thin out frequent concepts' }),
    concepts: main.getByRole('textbox', { name: 'Concepts, one a line' }),
    loadConcepts: main.getByRole('button', { name: 'Load a file…' }),
    conceptRow: (concept) =>
      main.getByRole('row').filter({
        has: page.getByRole('rowheader', { name: concept, exact: true }),
      }),
    recipe: main.getByRole('combobox', { name: 'Recipe' }),
    recipeState: main.getByRole('status', { name: 'Recipe state' }),
    nameDialog: page.getByRole('dialog', { name: 'Save as a recipe' }),
    versions: main.getByRole('button', { name: 'Versions' }),
    versionsDialog: page.getByRole('dialog', { name: /^Versions of/ }),
    runAgain: (name) => main.getByRole('button', { name: `Run ${name} again` }),
  }
}
