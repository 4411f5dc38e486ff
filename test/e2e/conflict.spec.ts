import { createApp, type App } from './pages/app.ts'
import { expect, test as base } from './fixtures.ts'
import { findRow } from './support/core.ts'
import { numberedImages } from './support/source.ts'

// A refused write answers 409, and writes without a connection fail; browsers report both.
const test = base.extend<{ readonly other: App }>({
  expectedFaults: [/status of 409|ERR_INTERNET_DISCONNECTED/],
  other: async ({ browser, host }, use) => {
    const context = await browser.newContext()
    await use(createApp(await context.newPage(), host))
    await context.close()
  },
})

test.describe('two people write one caption', () => {
  test.beforeEach(async ({ app, host, other, project }) => {
    // Two browsers, and a connection that takes its time to come back.
    test.slow()
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
    const place = align.conflict.getByRole('group', { name: 'Place 1 of 1' })
    await expect(place.getByRole('button', { name: 'yours' })).toContainText('tower')
    await expect(place.getByRole('button', { name: 'theirs' })).toContainText('church')
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

  test('the second may merge both by key', async ({ host, other }) => {
    const { align } = other
    await expect(align.conflict.getByRole('button', { name: 'Use the merged text' })).toBeDisabled()
    await other.press('F7')
    await expect(align.said).toHaveText(/^Place 1 of 1: yours “.*tower”, theirs “.*church”/)
    await other.press('Alt+m')
    await other.press('Alt+b')
    await expect(align.said).toHaveText(/^Chosen: “.*tower.*church”, All chosen/)
    await other.press('Alt+Enter')
    await expect(align.conflict).toBeHidden()
    await expect(align.editor).toBeFocused()
    await align.expectSaved()
    const { id } = await findRow(host.client, 'scene-001.png')
    const image = await host.client.align.get({ imageId: id })
    expect(image.draft?.baseRevisionId).toBe(image.headRevisionId)
    expect(image.draft?.text).toMatch(/tower.*church/)
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
