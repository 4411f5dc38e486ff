import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../tools/package-root.ts'
import { expect, test } from './fixtures.ts'
import { waitForJobs } from './support/core.ts'

const PHOTOS = join(ROOT, '..', 'shared', 'data', 'photos')
const TABLE = join(PHOTOS, 'photos.jsonl')

test.skip(
  !existsSync(TABLE),
  'There are no real photos beside the repository (../shared/data/photos).',
)

test('real photos come in, are edited and leave as an image folder', async ({
  app,
  folder,
  host,
  project,
}) => {
  test.slow()
  const { library, align } = app
  await app.open('/import')
  await app.import.source.fill(TABLE)
  await app.press('Enter')
  await expect(app.import.record('000000000790.jpg').first()).toContainText('a family is sitting')
  await app.import.meaningOf('captions').selectOption({ label: 'Alt-text' })
  await app.import.start.click()
  await expect(library.count).toHaveText('108 images', { timeout: 60_000 })
  await waitForJobs(host.client)
  await expect.poll(() => library.countPictures(), { timeout: 30_000 }).toBeGreaterThan(5)
  expect(project.folder).not.toBe(PHOTOS)

  await library.search('"birthday cake"')
  await expect(library.count).toHaveText(/^[1-9]\d* match(es)?$/)
  await app.press('Enter')
  await expect(library.grid).toBeFocused()
  await app.press('Enter')
  await align.expectOpen({ name: /\.jpg$/, text: /\w/ })
  await expect(align.editor).toBeFocused()
  await expect(align.altTexts.getByRole('listitem')).toHaveCount(5)
  await app.press('ControlOrMeta+a')
  await app.type('A family sits around a table with a birthday cake.')
  await align.expectSaved()
  await app.press('ControlOrMeta+Enter')
  await expect.poll(async () => (await host.client.projects.stats()).byStatus['submitted']).toBe(1)

  const out = join(folder, 'out')
  await app.press('ControlOrMeta+4')
  await app.export.format(/imagefolder.*metadata\.jsonl/).click()
  await app.export.target.fill(out)
  await app.export.start.click()
  await expect(app.jobs.job('Export')).toContainText('Done', { timeout: 60_000 })
  await expect(app.jobs.fact('Export', 'done')).toHaveText('108')

  const names = await readdir(out, { recursive: true })
  expect(names.filter((name) => name.endsWith('.jpg'))).toHaveLength(108)
  const metadata = names.find((name) => name.endsWith('metadata.jsonl')) ?? ''
  const lines = (await readFile(join(out, metadata), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(108)
  expect(lines.filter((line) => line.includes('A family sits around a table with'))).toHaveLength(1)
})
