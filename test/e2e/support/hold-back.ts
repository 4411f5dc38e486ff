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

/** Lets these requests go to the host, and keeps its answers back until the function that it gives is called. */
export async function holdAnswers(page: Page, url: string): Promise<() => void> {
  const held = Promise.withResolvers<undefined>()
  await page.route(url, async (route) => {
    const response = await route.fetch()
    await held.promise
    await route.fulfill({ response })
  })
  return () => {
    held.resolve(undefined)
  }
}
