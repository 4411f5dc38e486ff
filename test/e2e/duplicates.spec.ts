import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import { expect, test } from './fixtures.ts'
import { waitForJobs } from './support/core.ts'
import { findFaults } from './support/find-faults.ts'

test('copies are found, the best is kept with all alt-texts, and undo takes it back', async ({
  appOn,
  folder,
  launch,
}) => {
  const source = join(folder, 'source')
  const picture = join(sampleFolder(), 'images', 'scene-00001.jpg')
  await mkdir(source)
  await copyFile(picture, join(source, 'original.jpg'))
  await sharp(picture).resize(200).png().toFile(join(source, 'small.png'))
  await copyFile(join(sampleFolder(), 'images', 'scene-00002.jpg'), join(source, 'other.jpg'))
  const host = await launch({ project: join(folder, 'project') })
  await host.client.imports.start({ path: source })
  await waitForJobs(host.client)
  const app = appOn(host)
  await app.open('/duplicates')

  await expect(app.main).toContainText('Nobody has looked for duplicates yet')
  await app.main.getByRole('button', { name: 'Look for duplicates' }).click()
  await expect(app.main).toContainText('2 images that look alike')
  await expect(app.main).toContainText('at most 6 of 64 bits apart')
  await expect(app.main.getByRole('radio', { name: /original\.jpg/ })).toBeChecked()
  expect(await findFaults(app.page)).toEqual([])

  await app.main.getByRole('button', { name: 'Keep one, discard 1' }).click()
  await expect(app.main).toContainText('No group is left to look at')
  await app.notices.getByRole('button', { name: 'Undo' }).click()
  await expect(app.main).toContainText('2 images that look alike')
})
