import type { Locator, Page } from '@playwright/test'

export interface JobsPage {
  readonly job: (title: string) => Locator
  /** The number beside a word such as "done" in a job's card. */
  readonly fact: (title: string, name: string) => Locator
  readonly showErrors: (title: string) => Locator
  readonly errorRow: (item: string) => Locator
}

export function createJobsPage(page: Page): JobsPage {
  const main = page.getByRole('main')
  const job = (title: string): Locator =>
    main.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
  return {
    job,
    fact: (title, name) =>
      job(title)
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${name}$`) })
        .locator('xpath=following-sibling::*[1]'),
    showErrors: (title) => job(title).getByRole('button', { name: /show$/ }),
    errorRow: (item) => main.getByRole('row').filter({ hasText: item }),
  }
}
