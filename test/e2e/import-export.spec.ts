import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writePicture, writeTexts } from '../support/source-folder.ts'
import { expect, test } from './fixtures.ts'
import { findRow } from './support/core.ts'
import { numberedImages } from './support/source.ts'

test.describe('import', () => {
  test('a table whose columns are named by hand, with a bad row', async ({
    app,
    folder,
    host,
    page,
    project,
  }) => {
    const source = join(folder, 'shop')
    await writeShopTable(source)
    await app.open()
    await expect(app.library.nothing).toContainText('Bring in your images')
    await app.press('ControlOrMeta+3')
    await expect(app.import.source).toBeFocused()
    await app.type(join(source, 'products.csv'))
    await app.press('Enter')

    await expect(app.import.table).toContainText('Red kettle')
    // Choosing goes faster than looking again: no choice may undo the one before.
    await page.route('**/rpc/imports/preview', async (route) => {
      await sleep(300)
      await route.continue()
    })
    await app.import.meaningOf('words').selectOption({ label: 'Alt-text' })
    await app.import.meaningOf('heading').selectOption({ label: 'Title' })
    await app.import.meaningOf('price').selectOption({ label: 'Leave out' })
    await expect(app.import.record('kettle.png')).toContainText('A red kettle on a hob, "new"')
    await expect(app.import.record('gone.png')).toContainText('file not found')
    await app.import.start.click()

    const { library } = app
    await expect(library.count).toHaveText('4 images')
    await expect(library.cell('A red kettle')).toBeVisible()
    await expect(library.cell('two\nlines')).toBeVisible()
    await expect(
      library.cell(/cannot be (read|decoded)|not .* image|damaged|truncated/i),
    ).toBeVisible()
    await expect(library.facet('file missing')).toContainText('1')
    await expect(library.facet('file broken')).toContainText('1')

    await app.press('ControlOrMeta+5')
    const title = 'Import products.csv'
    await expect(app.jobs.job(title)).toContainText('Done')
    await expect(app.jobs.fact(title, 'added')).toHaveText('4')
    await expect(app.jobs.fact(title, 'failed')).toContainText('2')
    await app.jobs.showErrors(title).click()
    await expect(app.jobs.errorRow('gone.png')).toBeVisible()
    await expect(app.jobs.errorRow('broken.png')).toBeVisible()

    const kettle = await findRow(host.client, 'kettle.png')
    const { altTexts } = await host.client.align.get({ imageId: kettle.id })
    expect(altTexts.map(({ origin, text }) => [origin, text]).toSorted()).toEqual([
      ['alt', 'A red kettle on a hob, "new"'],
      ['title', 'Red kettle'],
    ])
    expect(project.folder).not.toBe(source)
  })

  test('a folder chosen by walking through folders', async ({ app, folder, project }) => {
    const source = join(folder, 'pictures')
    await writePicture(join(source, 'boat.png'), 'teal')
    await writeFile(join(source, 'boat.txt'), 'a small boat')
    expect(project.folder).not.toBe(source)
    await app.open('/import')
    await app.import.source.fill(folder)
    await app.import.browse.click()
    await app.import.folderEntry('pictures').click()
    await expect(app.import.folderDialog.getByText(source, { exact: true })).toBeVisible()
    await app.import.folderDialog.getByRole('button', { name: 'Use this folder' }).click()
    await expect(app.import.source).toHaveValue(source)
    await expect(app.import.record('boat.png')).toContainText('a small boat')
    await app.import.start.click()
    await expect(app.library.count).toHaveText('1 image')
    await expect(app.library.cell('a small boat')).toBeVisible()
  })
})

test.describe('input that cannot be used', () => {
  // Refusals are answers with an error status, which browsers report.
  test.use({ expectedFaults: [/status of 40[49].*\/rpc\/(imports|exports)\//] })

  test('a source that is not there is said at once', async ({ app, folder }) => {
    await app.open('/import')
    await app.import.source.fill(join(folder, 'nowhere'))
    await app.import.look.click()
    await expect(app.import.failure).toContainText('The source is not there')
  })

  test('an export into a folder with files is refused', async ({ app, folder, project }) => {
    await project.fill(numberedImages(1))
    await app.open('/export')
    await writeTexts(join(folder, 'full'), { 'thesis.txt': 'years of work' })
    await app.export.target.fill(join(folder, 'full'))
    await app.export.start.click()
    await expect(app.notices).toContainText('Choose a new or empty folder')
    await expect(app.export.target).toHaveValue(join(folder, 'full'))
    expect(await readdir(join(folder, 'full'))).toEqual(['thesis.txt'])
  })
})

test('an export shows its first rows and writes what it showed', async ({
  app,
  folder,
  host,
  project,
}) => {
  const rows = await project.fill(numberedImages(3))
  const [row] = rows
  if (row === undefined) throw new Error('The project stayed empty.')
  const text = 'Zwei „Hügel“, 3\u00a0m hoch 🏔'
  await host.client.align.submit({ imageId: row.id, baseRevisionId: null, text })
  await app.open()
  await app.library.expectOpen('3 images')
  await app.press('ControlOrMeta+4')

  await app.export.format('JSON Lines').click()
  await expect(app.export.preview).toContainText(text)
  await expect(app.main).toContainText('3 images')
  await app.export.where.fill('status:')
  await expect(app.main).toContainText(/status/)
  await expect(app.export.where).toHaveAttribute('aria-invalid', 'true')
  await expect(app.export.start).toBeDisabled()
  await app.export.where.fill('status:submitted')
  await expect(app.export.preview).not.toContainText('picture number 002')
  const out = join(folder, 'out')
  await app.export.target.fill(out)
  await app.export.start.click()

  await expect(app.jobs.job('Export')).toContainText('Done')
  await expect(app.jobs.fact('Export', 'done')).toHaveText('1')
  await expect(app.jobs.fact('Export', 'failed')).toHaveText('0')

  const names = await readdir(out)
  const data = names.find((name) => name.endsWith('.jsonl'))
  const manifest = names.find((name) => name.includes('manifest'))
  expect(names.filter((name) => name !== data && name !== manifest)).toEqual([])
  const lines = (await readFile(join(out, data ?? ''), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.stringify(JSON.parse(lines[0] ?? ''))).toContain(text)
  expect(await readFile(join(out, manifest ?? ''), 'utf8')).toContain('sha256')
})

async function writeShopTable(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writePicture(join(folder, 'kettle.png'), 'firebrick')
  await writePicture(join(folder, 'teapot.png'), 'steelblue')
  await writeFile(join(folder, 'broken.png'), 'this is no picture')
  await writeFile(
    join(folder, 'products.csv'),
    [
      'file_name,words,heading,price',
      'kettle.png,"A red kettle on a hob, ""new""",Red kettle,12.50',
      'teapot.png,"two\nlines",Teapot,9',
      'broken.png,a broken file,Broken,1',
      'gone.png,a file that is gone,Gone,2',
      '',
    ].join('\r\n'),
  )
}
