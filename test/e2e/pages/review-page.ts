import { expect, type Locator, type Page } from '@playwright/test'

export interface ReviewPage {
  readonly queue: Locator
  /** "3 captions waiting". */
  readonly waiting: Locator
  /** The caption on screen, named after its image and author. */
  readonly item: Locator
  readonly before: Locator
  readonly after: Locator
  readonly correction: Locator
  readonly remark: Locator
  /** The caption to select words in, for the remark. */
  readonly quotable: Locator
  /** The selected words, as the remark will quote them. */
  readonly quote: Locator
  readonly alert: Locator
  readonly nothing: Locator
  readonly entry: (name: string) => Locator
  readonly button: (name: string | RegExp) => Locator
  /** Waits for an image's caption to be on screen, with its text in the diff. */
  readonly expectShown: (item: { readonly name: string; readonly text: string }) => Promise<void>
}

export function createReviewPage(page: Page): ReviewPage {
  const main = page.getByRole('main')
  const queue = main.getByRole('navigation', { name: 'Waiting captions' })
  const item = main.getByRole('region', { name: /, by / })
  const cells = item.getByRole('cell')
  const after = cells.nth(1)
  return {
    queue,
    waiting: queue.getByRole('status'),
    item,
    before: cells.nth(0),
    after,
    correction: item.getByRole('textbox', { name: 'Your correction' }),
    remark: item.getByRole('textbox', { name: /^What should/ }),
    quotable: item.getByRole('textbox', { name: /^The words that it is about/ }),
    quote: item.getByText(/^About/),
    alert: item.getByRole('alert'),
    nothing: main.getByRole('heading', { name: 'Nothing waits for a decision' }),
    entry: (name) => queue.getByRole('button', { name }),
    button: (name) => item.getByRole('button', { name }),
    expectShown: async ({ name, text }) => {
      await expect(item).toHaveAccessibleName(new RegExp(`^${name}`))
      await expect(after).toHaveText(text)
    },
  }
}
