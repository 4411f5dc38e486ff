import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from './fixtures.ts'
import { waitForJobs } from './support/core.ts'
import { numberedImages } from './support/source.ts'

test('a recipe is built, saved, changed, compared and run again', async ({
  app,
  folder,
  host,
  project,
}) => {
  await project.fill(numberedImages(5))
  const out = join(folder, 'out')
  const data = join(out, 'data.jsonl')
  await app.open('/export')
  await app.export.format('JSON Lines').click()
  await expect(app.export.images).toHaveText('5 images')
  await app.export.take.selectOption({ label: 'Some at random' })
  await app.export.takeCount.fill('2')
  await expect(app.export.images).toHaveText('2 images')
  await app.press('ControlOrMeta+s')
  await expect(app.export.nameDialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await app.type('Two of them')
  await app.press('Enter')
  await expect(app.export.nameDialog).toBeHidden()
  await expect(app.export.recipeState).toHaveText('Version 1, saved.')
  await app.export.target.fill(out)
  await app.press('ControlOrMeta+Enter')
  await expect(app.jobs.job('Two of them')).toContainText('Done')
  const first = await readFile(data, 'utf8')
  expect(first.trimEnd().split('\n')).toHaveLength(2)

  await app.press('ControlOrMeta+4')
  await app.export.recipe.selectOption({ label: 'Two of them' })
  await expect(app.export.takeCount).toHaveValue('2')
  await app.export.takeCount.fill('3')
  await expect(app.export.recipeState).toHaveText('Changed since version 1.')
  await app.press('ControlOrMeta+s')
  await expect(app.export.recipeState).toHaveText('Version 2, saved.')
  await app.export.versions.click()
  const changes = app.export.versionsDialog.getByRole('row', { name: /^Take/ })
  await expect(changes).toHaveText(/2 at random.*3 at random/)
  await app.press('Escape')
  await expect(app.export.versionsDialog).toBeHidden()

  await app.export.runAgain('Two of them, version 1').click()
  const listRuns = () => host.client.recipes.runs({ id: null })
  await expect.poll(async () => (await listRuns()).length).toBe(2)
  expect(await readFile(data, 'utf8')).toBe(first)
  const runs = await listRuns()
  expect(runs.map(({ recipe }) => recipe?.version)).toEqual([1, 1])
  expect(new Set(runs.map(({ sha256 }) => sha256)).size).toBe(1)
})

test('the list of concepts comes from the texts, and is edited and loaded', async ({
  app,
  folder,
  host,
  project,
}) => {
  expect(project.folder).not.toBe('')
  const texts = { red: 'a dog', lime: 'two dogs', blue: 'a cat' }
  await mkdir(join(folder, 'pictures'))
  for (const [colour, text] of Object.entries(texts)) {
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
    await picture.png().toFile(join(folder, 'pictures', `${colour}.png`))
    await writeFile(join(folder, 'pictures', `${colour}.txt`), text)
  }
  await host.client.imports.start({ path: join(folder, 'pictures') })
  await waitForJobs(host.client)
  await app.open('/export')
  await app.export.thinOut.check()
  await expect(app.export.concepts).toHaveValue('dog | dogs')
  await expect(app.export.conceptRow('dog | dogs')).toHaveText(/2\s*\d/)
  await app.export.concepts.fill('cat')
  await expect(app.export.conceptRow('cat')).toHaveText(/1\s*1/)
  const choosing = app.page.waitForEvent('filechooser')
  await app.export.loadConcepts.click()
  await (
    await choosing
  ).setFiles({
    ...{ name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('dog\r\n') },
  })
  await expect(app.export.concepts).toHaveValue('dog')
})
