import type { Page } from '@playwright/test'

/** Keeps back the answers to these requests until the function that it gives is called. */
export async function holdBack(page: Page, url: string): Promise<() => void> {
  const held = Promise.withResolvers<undefined>()
  await page.route(url, async (route) => {
    await held.promise
    await route.continue()
  })
  return () => {
    held.resolve(undefined)
  }
}
