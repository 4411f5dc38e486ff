import type { BrowserContext, Page } from '@playwright/test'

/**
 * Lets every page of the context wait after loading until something of it is on screen. A browser throws away keys that
 * come before that; nobody presses them, but a test on a busy machine does.
 */
export function waitForDrawing(context: BrowserContext): void {
  const newPage = context.newPage.bind(context)
  context.newPage = async () => {
    const page = await newPage()
    const goto = page.goto.bind(page)
    const reload = page.reload.bind(page)
    page.goto = async (...args) => {
      const response = await goto(...args)
      await untilDrawn(page)
      return response
    }
    page.reload = async (...args) => {
      const response = await reload(...args)
      await untilDrawn(page)
      return response
    }
    return page
  }
}

async function untilDrawn(page: Page): Promise<void> {
  if (page.url() === 'about:blank') return
  await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint').length > 0,
  )
}
