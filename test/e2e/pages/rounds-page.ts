import type { Locator, Page } from '@playwright/test'

export interface RoundsPage {
  readonly start: Locator
  readonly startDialog: Locator
  readonly settingsDialog: Locator
  /** The panel of a round, by its heading such as "1. Round 1". */
  readonly round: (heading: string) => Locator
  readonly settingsOf: (round: number) => Locator
  /** Opens what the round came to by person. */
  readonly measures: (round: number) => Locator
  readonly guideline: (round: number) => Locator
  readonly editGuideline: (round: number) => Locator
  readonly markdown: Locator
  readonly overtaken: Locator
}

export function createRoundsPage(page: Page): RoundsPage {
  const main = page.getByRole('main')
  const guideline = (round: number): Locator =>
    main.getByRole('region', { name: `Guideline of round ${round}` })
  const panel = (heading: string | RegExp): Locator =>
    main
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) })
  return {
    start: main.getByRole('button', { name: /^Start round/ }),
    startDialog: page.getByRole('dialog', { name: /^Start round/ }),
    settingsDialog: page.getByRole('dialog', { name: /^Round \d/ }),
    round: panel,
    settingsOf: (round) => main.getByRole('button', { name: `Settings of round ${round}` }),
    measures: (round) =>
      panel(new RegExp(`^${round}\\. `)).locator('summary', {
        hasText: 'By person, with intervals',
      }),
    guideline,
    editGuideline: (round) => guideline(round).getByRole('button', { name: /guideline/ }),
    markdown: main.getByRole('textbox', { name: 'Markdown' }),
    overtaken: main.getByRole('alert').filter({ hasText: 'meanwhile' }),
  }
}
