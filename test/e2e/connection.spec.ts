import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { findRow, waitForJobs } from './support/core.ts'
import { numberedImages, writeImageFolder } from './support/source.ts'

test.use({ expectedFaults: [/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_NETWORK|ERR_SOCKET/] })

test('a killed server loses nothing that is typed', async ({ appOn, folder, launch }) => {
  test.slow()
  const project = join(folder, 'project')
  const token = 'a-token-that-stays-the-same'
  const first = await launch({ project, token })
  await writeImageFolder(join(folder, 'source'), numberedImages(3))
  await first.client.imports.start({ path: join(folder, 'source') })
  await waitForJobs(first.client)

  const app = appOn(first)
  const { align } = app
  await app.open()
  await app.library.expectOpen('3 images')
  await app.press('Enter')
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
  await app.type(', saved before')
  await align.expectSaved()

  const { port } = new URL(first.origin)
  await first.stop('SIGKILL')
  await app.type(', typed while it was gone')
  await expect(app.connectionBanner).toBeVisible({ timeout: 30_000 })
  await expect(align.saveState).toHaveText('Not saved, retrying')
  await expect(align.editor).toHaveText('picture number 001, saved before, typed while it was gone')

  const second = await launch({ project, token, port: Number(port) })
  await expect(app.connectionBanner).toBeHidden({ timeout: 30_000 })
  await expect(align.saveState).toHaveText('Saved', { timeout: 30_000 })
  await expect(align.editor).toHaveText('picture number 001, saved before, typed while it was gone')
  const { id } = await findRow(second.client, 'scene-001.png')
  expect((await second.client.align.get({ imageId: id })).draft?.text).toBe(
    'picture number 001, saved before, typed while it was gone',
  )
})
