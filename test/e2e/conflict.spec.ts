import { createApp, type App } from './pages/app.ts'
import { expect, test as base } from './fixtures.ts'
import { findRow } from './support/core.ts'
import { numberedImages } from './support/source.ts'

// A refused write answers 409, and writes without a connection fail; browsers report both.
const test = base.extend<{ readonly other: App }>({
  expectedFaults: [/status of 409/, /ERR_INTERNET_DISCONNECTED/],
  other: async ({ browser, host }, use) => {
    const context = await browser.newContext()
    await use(createApp(await context.newPage(), host))
    await context.close()
  },
})

test.describe('two people write one caption', () => {
  test.beforeEach(async ({ app, host, other, project }) => {
    await project.fill(numberedImages(2))
    const { id } = await findRow(host.client, 'scene-001.png')
    await app.open(`/align/${id}`)
    await other.open(`/align/${id}`)
    const start = { name: 'scene-001.png', text: 'picture number 001' }
    await app.align.expectOpen(start)
    await other.align.expectOpen(start)

    // One writes while cut off, the other one submits meanwhile.
    await other.page.context().setOffline(true)
    await other.type(' of a tower')
    await expect(other.align.saveState).toHaveText('Not saved, retrying')
    await app.type(' of a church')
    await app.press('ControlOrMeta+Enter')
    await app.align.expectOpen({ name: 'scene-002.png', text: 'picture number 002' })
    await expect
      .poll(async () => (await host.client.align.get({ imageId: id })).revisions)
      .toHaveLength(1)
    await other.page.context().setOffline(false)
    await expect(other.align.conflict).toBeVisible({ timeout: 30_000 })
  })

  test('the second sees both texts and may keep the own one', async ({ host, other }) => {
    const { align } = other
    await expect(align.conflict.getByRole('deletion')).toContainText('church')
    await expect(align.conflict.getByRole('insertion')).toContainText('tower')
    await expect(align.editor).toHaveText('picture number 001 of a tower')
    await expect(align.saveState).toHaveText('Two texts')

    await align.conflict.getByRole('button', { name: 'Keep mine' }).click()
    await expect(align.conflict).toBeHidden()
    await align.expectSaved()
    await expect(align.editor).toBeFocused()
    await other.press('ControlOrMeta+Enter')
    await align.expectOpen({ name: 'scene-002.png', text: 'picture number 002' })
    const { id } = await findRow(host.client, 'scene-001.png')
    await expect
      .poll(async () =>
        (await host.client.align.get({ imageId: id })).revisions.map((revision) => revision.text),
      )
      .toEqual(['picture number 001 of a church', 'picture number 001 of a tower'])
  })

  test('the second may take the other text', async ({ host, other }) => {
    const { align } = other
    await align.conflict.getByRole('button', { name: 'Take theirs' }).click()
    await expect(align.conflict).toBeHidden()
    await expect(align.editor).toHaveText('picture number 001 of a church')
    await align.expectSaved()
    await expect(align.rounds).toContainText('church')
    const { id } = await findRow(host.client, 'scene-001.png')
    expect(await host.client.align.get({ imageId: id })).toMatchObject({ draft: null })
  })
})
