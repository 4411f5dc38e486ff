import type { Locator, Page } from '@playwright/test'

export interface TextEditDialog {
  readonly dialog: Locator
  readonly find: Locator
  readonly replacement: Locator
  readonly summary: Locator
  readonly samples: Locator
  readonly apply: Locator
  readonly failure: Locator
  readonly kind: (name: string) => Locator
  readonly option: (name: string) => Locator
}

export function createTextEditDialog(page: Page): TextEditDialog {
  const dialog = page.getByRole('dialog', { name: 'Edit captions' })
  return {
    dialog,
    find: dialog.getByRole('textbox', { name: 'Find' }),
    replacement: dialog.getByRole('textbox', { name: 'Replace with' }),
    summary: dialog.getByRole('status'),
    samples: dialog.getByRole('listitem'),
    apply: dialog.getByRole('button', { name: /^Change/ }),
    failure: dialog.getByRole('alert'),
    kind: (name) => dialog.getByRole('radio', { name }),
    option: (name) => dialog.getByRole('checkbox', { name }),
  }
}
