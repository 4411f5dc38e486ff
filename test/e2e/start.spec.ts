import { expect, test } from './fixtures.ts'

test('the first visit is signed in and the token leaves the address', async ({ app, host }) => {
  await app.open()
  await expect(app.main).toBeVisible()
  expect(app.page.url().startsWith(`${host.origin}/`)).toBe(true)
  expect(app.page.url()).not.toContain('token')
  const cookies = await app.page.context().cookies()
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
})

test('a screen can be reloaded at its own address', async ({ app }) => {
  await app.open('/import')
  await app.page.reload()
  await expect(app.import.source).toBeVisible()
})

test('a browser without the token is told where to find it', async ({ browser, host }) => {
  const context = await browser.newContext()
  const stranger = await context.newPage()
  const response = await stranger.goto(host.origin)
  expect(response?.status()).toBe(401)
  await expect(stranger.getByText('printed in the terminal')).toBeVisible()
  await context.close()
})

test('a first start opens the sample, with its pictures', async ({ appOn, launch }) => {
  test.slow()
  const app = appOn(await launch())
  await app.open()
  await expect(app.projectButton).toHaveText('Sample project')
  await expect(app.library.count).toHaveText('240 images', { timeout: 60_000 })
  await expect.poll(() => app.library.countPictures(), { timeout: 30_000 }).toBeGreaterThan(5)
  await expect(app.library.cells.first()).toContainText(/\p{L}{3}/u)
})
