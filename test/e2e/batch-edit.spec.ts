import { join } from 'node:path'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { expect, test as base } from './fixtures.ts'
import type { App } from './pages/app.ts'
import { listRows, waitForJobs } from './support/core.ts'
import { numberedImages, writeImageFolder } from './support/source.ts'

// A pattern that is none answers 400, which browsers report.
const test = base.extend({
  expectedFaults: [/status of 400|ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/],
})

/** Submits a caption for each image but the last, so that one is left out. */
async function writeCaptions(client: Client): Promise<void> {
  const rows = await listRows(client)
  for (const { id, text } of rows.slice(0, -1)) {
    await client.align.submit({ imageId: id, baseRevisionId: null, text: `A pic of ${text}` })
  }
}

async function readCaptions(client: Client): Promise<readonly string[]> {
  return (await listRows(client)).map(({ text }) => text)
}

async function editAll({ library, textEdit, press }: App): Promise<void> {
  await library.cells.first().click()
  await press('ControlOrMeta+a')
  await expect(library.selectedCount).toHaveText('4 selected')
  await press('c')
  await expect(textEdit.find).toBeFocused()
}

const BEFORE = [
  'A pic of picture number 001',
  'A pic of picture number 002',
  'A pic of picture number 003',
  'picture number 004',
]
const AFTER = [
  'A photo of picture number 001',
  'A photo of picture number 002',
  'A photo of picture number 003',
  'picture number 004',
]

test.describe('in one project', () => {
  test.beforeEach(async ({ app, host, project }) => {
    await project.fill(numberedImages(4))
    await writeCaptions(host.client)
    await app.open()
    await app.library.expectOpen('4 images')
    await editAll(app)
  })

  test('what would change is shown, done, and taken back as one', async ({ app, host }) => {
    const { textEdit } = app
    await expect(textEdit.apply).toBeDisabled()
    await app.type('pic')
    await expect(textEdit.summary).toHaveText('3 captions would change, 1 without a caption')
    await textEdit.option('Whole words').check()
    await textEdit.replacement.fill('photo')
    await expect(textEdit.samples).toHaveCount(3)
    await expect(textEdit.samples.first().getByRole('deletion')).toContainText(['pic'])
    await expect(textEdit.samples.first().getByRole('insertion')).toContainText(['photo'])

    // Enter is what one presses after typing; so much is not changed by it.
    await app.press('Enter')
    await expect(textEdit.dialog).toBeVisible()
    expect(await readCaptions(host.client)).toEqual(BEFORE)
    await textEdit.apply.click()
    await expect(textEdit.dialog).toBeHidden()
    await expect(app.notices).toContainText('3 captions changed')
    await expect(app.library.cell('A photo of picture number 001')).toBeVisible()
    expect(await readCaptions(host.client)).toEqual(AFTER)

    await expect(app.library.grid).toBeFocused()
    await app.press('ControlOrMeta+z')
    await expect(app.library.cell('A pic of picture number 001')).toBeVisible()
    expect(await readCaptions(host.client)).toEqual(BEFORE)
  })

  test('text is put behind, and letters get another case, by keyboard', async ({ app, host }) => {
    const { textEdit } = app
    await textEdit.kind('Put behind').click()
    await textEdit.dialog
      .getByRole('textbox', { name: 'Text behind the caption' })
      .fill(', at dusk')
    await expect(textEdit.summary).toContainText('3 captions would change')
    await app.press('ControlOrMeta+Enter')
    await expect(textEdit.dialog).toBeHidden()
    await expect(app.library.cell('A pic of picture number 001, at dusk')).toBeVisible()

    await expect(app.library.grid).toBeFocused()
    await app.press('c')
    await textEdit.kind('Letter case').click()
    await textEdit.kind('UPPER CASE').click()
    await expect(textEdit.samples.first().getByRole('insertion').last()).toContainText('DUSK')
    await textEdit.apply.click()
    await expect(app.library.cell('A PIC OF PICTURE NUMBER 001, AT DUSK')).toBeVisible()
    const [first] = await listRows(host.client)
    if (first === undefined) throw new Error('The project stayed empty.')
    expect((await host.client.align.get({ imageId: first.id })).revisions).toHaveLength(3)
  })

  test('a pattern that is none is told, and nothing can be changed by it', async ({ app }) => {
    const { textEdit } = app
    await textEdit.option('Regular expression').check()
    await textEdit.find.fill('(pic')
    await expect(textEdit.failure).toContainText('regular expression')
    await expect(textEdit.apply).toBeDisabled()
    await textEdit.find.fill('p(i)c')
    await textEdit.replacement.fill('p$1cture')
    await expect(textEdit.samples.first()).toContainText('picture')
    await expect(textEdit.apply).toBeEnabled()
    await app.press('Escape')
    await expect(textEdit.dialog).toBeHidden()
  })
})

test('an edit is taken back after a restart too', async ({ appOn, folder, launch }) => {
  test.slow()
  const project = join(folder, 'project')
  const first = await launch({ project })
  await writeImageFolder(join(folder, 'source'), numberedImages(4))
  await first.client.imports.start({ path: join(folder, 'source') })
  await waitForJobs(first.client)
  await writeCaptions(first.client)
  const app = appOn(first)
  await app.open()
  await app.library.expectOpen('4 images')
  await editAll(app)
  await app.textEdit.find.fill('pic of')
  await app.textEdit.replacement.fill('photo of')
  await expect(app.textEdit.samples.first().getByRole('insertion')).toContainText(['photo'])
  await app.textEdit.apply.click()
  await expect(app.textEdit.dialog).toBeHidden()
  expect(await readCaptions(first.client)).toEqual(AFTER)
  await app.page.goto('about:blank')
  await first.stop()

  const second = await launch({ project })
  const again = appOn(second)
  await again.open()
  await again.library.expectOpen('4 images')
  await expect(again.library.cell('A photo of picture number 001')).toBeVisible()
  await again.press('ControlOrMeta+z')
  await expect(again.library.cell('A pic of picture number 001')).toBeVisible()
  expect(await readCaptions(second.client)).toEqual(BEFORE)
})
