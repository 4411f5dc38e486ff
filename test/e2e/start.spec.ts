import { expect, test } from './fixtures.ts'

test('the first visit is signed in and the token leaves the address', async ({ page, host }) => {
  await expect(page.locator('#root > *').first()).toBeVisible()
  expect(page.url().startsWith(`${host.origin}/`)).toBe(true)
  expect(page.url()).not.toContain('token')
  const cookies = await page.context().cookies()
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
})

test('a screen can be reloaded at its own address', async ({ page, host }) => {
  await page.goto(`${host.origin}/import`)
  await page.reload()
  await expect(page.locator('#root > *').first()).toBeVisible()
})

test('a browser without the token is told where to find it', async ({ browser, host }) => {
  const context = await browser.newContext()
  const stranger = await context.newPage()
  const response = await stranger.goto(host.origin)
  expect(response?.status()).toBe(401)
  await expect(stranger.getByText('printed in the terminal')).toBeVisible()
  await context.close()
})
