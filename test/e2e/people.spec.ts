import { createApp, type App } from './pages/app.ts'
import { expect, test as base } from './fixtures.ts'
import { findRow } from './support/core.ts'
import { invite, type Guest } from './support/guest.ts'
import { numberedImages } from './support/source.ts'

interface PeopleFixtures {
  readonly greta: Guest
  /** A window in another browser, where nobody is signed in. */
  readonly other: App
}

const test = base.extend<PeopleFixtures>({
  expectedFaults: [/status of 401|ERR_INCOMPLETE|ERR_NETWORK/],
  greta: async ({ host, project }, use) => {
    await project.fill(numberedImages(2))
    const guest = await invite(host, 'Greta')
    await use(guest)
    const people = await host.client.people.list()
    if (people.some(({ name, hasToken }) => name === guest.name && hasToken)) {
      await host.client.people.revoke({ name: guest.name })
    }
  },
  other: async ({ browser, host }, use) => {
    const context = await browser.newContext()
    await use(createApp(await context.newPage(), host))
    await context.close()
  },
})

async function enter({ page }: App, { urlOf }: Guest, path: string): Promise<void> {
  await page.goto(urlOf(path))
}

test('somebody is invited, comes in by the link, and is seen where they are', async ({
  app,
  other,
  host,
  project,
}) => {
  await project.fill(numberedImages(2))
  await app.open('/settings')
  await app.settings.inviteName.fill('Ida Ng')
  await app.settings.makeLink.click()
  const link = await app.settings.link('Ida Ng').inputValue()
  const { id } = await findRow(host.client, 'scene-001.png')
  await other.page.goto(link)
  await expect(other.library.cells).toHaveCount(2)
  await expect(app.settings.person('Ida Ng')).toContainText('here')
  await other.page.goto(`${host.origin}/align/${id}`)
  await expect(app.settings.person('Ida Ng')).toContainText(`here, on image ${id}`)

  await app.open(`/align/${id}`)
  await expect(app.page.getByText('Ida Ng has this image open')).toBeAttached()
  const owner = (await host.client.settings.get()).personName
  await expect(other.page.getByText(`${owner} has this image open`)).toBeAttached()
  await host.client.people.revoke({ name: 'Ida Ng' })
})

test('invited people do not see what they may not use', async ({ other, greta }) => {
  await enter(other, greta, '/library')
  await other.library.expectOpen('2 images')
  for (const screen of ['Library', 'Align', 'Review', 'Rounds', 'Jobs', 'Settings'] as const) {
    await expect(other.screenButton(screen)).toBeVisible()
  }
  await expect(other.screenButton('Import')).toHaveCount(0)
  await expect(other.screenButton('Export')).toHaveCount(0)
  await expect(other.page.getByRole('button', { name: /create a project/ })).toHaveCount(0)
  await other.press('Space')
  await expect(other.library.selectedCount).toHaveText('1 selected')
  await expect(other.page.getByRole('button', { name: 'Export' })).toHaveCount(0)
  await other.press('ControlOrMeta+3')
  await other.press('ControlOrMeta+k')
  await expect(other.paletteInput).toBeFocused()
  await other.type('import')
  await expect(other.paletteInput).toHaveValue('import')
  await expect(other.palette.getByRole('option', { name: 'Import' })).toHaveCount(0)
  await other.press('Escape')
  for (const [path, title] of [
    ['/import', 'Only the owner imports'],
    ['/export', 'Only the owner exports'],
    ['/projects', 'Only the owner opens projects'],
  ] as const) {
    await enter(other, greta, path)
    await expect(other.main.getByRole('heading', { name: title })).toBeVisible()
  }
  await enter(other, greta, '/settings')
  await expect(other.settings.person('Greta')).toContainText('(you)')
  await expect(other.settings.inviteName).toHaveCount(0)
})

test('a window whose link was taken back says so', async ({ app, other, host, greta }) => {
  const { id } = await findRow(host.client, 'scene-001.png')
  await enter(other, greta, `/align/${id}`)
  await other.align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
  await app.open('/settings')
  const row = app.settings.person('Greta')
  await row.getByRole('button', { name: 'Take back the link of Greta' }).click()
  await row.getByRole('button', { name: 'Really take back the link of Greta' }).click()
  await expect(other.signedOutBanner).toBeVisible({ timeout: 30_000 })
  await expect(other.connectionBanner).toBeHidden()
  await expect(other.align.editor).toHaveText('picture number 001')
})
