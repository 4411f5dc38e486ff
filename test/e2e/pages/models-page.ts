import type { Locator, Page } from '@playwright/test'

export interface ModelsPage {
  readonly pack: (name: string) => Locator
  /** "240 of 240 images have vectors of …" */
  readonly vectors: Locator
  readonly computeVectors: Locator
  readonly folder: Locator
  readonly installFolder: Locator
  readonly download: (name: string) => Locator
  readonly dialog: (name: string | RegExp) => Locator
  /** The strip of a search by meaning in the library. */
  readonly strip: Locator
  readonly refine: Locator
  /** What stands in the place of images where a model or vectors are wanting. */
  readonly nothing: Locator
}

export function createModelsPage(page: Page): ModelsPage {
  const main = page.getByRole('main')
  const strip = main.getByRole('region', { name: 'Search by meaning' })
  return {
    pack: (name) => main.getByRole('listitem', { name, exact: true }),
    vectors: main.getByRole('status').filter({ hasText: /images have vectors of/ }),
    computeVectors: main.getByRole('button', { name: /^Compute/ }),
    folder: main.getByRole('textbox', { name: 'Folder of the model' }),
    installFolder: main.getByRole('button', { name: 'Install', exact: true }),
    download: (name) => main.getByRole('button', { name: `Download ${name}…` }),
    dialog: (name) => page.getByRole('dialog', { name }),
    strip,
    refine: strip.getByRole('textbox', { name: 'Refine the search' }),
    nothing: main.getByRole('region', { name: 'Images' }),
  }
}
