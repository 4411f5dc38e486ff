import { join } from 'node:path'
import sharp from 'sharp'
import { mkdir, writeFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { waitForJobs } from './support/core.ts'
import { findFaults } from './support/find-faults.ts'

/** Squares from dark to bright, with a caption each. */
async function writeSquares(folder: string): Promise<string> {
  await mkdir(folder)
  const rows = await Promise.all(
    [10, 30, 60, 120, 200].map(async (level, index) => {
      const background = { r: level, g: level, b: level }
      const square = sharp({ create: { width: 300, height: 300, channels: 3, background } })
      await writeFile(join(folder, `${level}.png`), await square.png().toBuffer())
      return `${JSON.stringify({ image: `${level}.png`, alt: 'dog '.repeat(index * 8 + 1).trim() })}\n`
    }),
  )
  await writeFile(join(folder, 'texts.jsonl'), rows.join(''))
  return join(folder, 'texts.jsonl')
}

test('a limit is moved with the keyboard, and the library shows what falls out', async ({
  app,
  folder,
  host,
  project,
}) => {
  expect(project.folder).not.toBe('')
  await host.client.imports.start({ path: await writeSquares(join(folder, 'squares')) })
  await waitForJobs(host.client)
  await app.open('/insights/quality')

  const limit = app.main.getByRole('slider', { name: 'Too dark: limit' })
  await expect(limit).toHaveAttribute('aria-valuenow', '12')
  // Levels of 10 and 30 are 4 and 12 of 100: the second lies above 11.76.
  await expect(limit).toHaveAttribute('aria-valuetext', /2 images/)
  await limit.focus()
  await app.press('ArrowLeft')
  await expect(limit).toHaveAttribute('aria-valuetext', '11: 1 image, 20 %')
  await app.press('PageUp')
  await app.press('PageUp')
  await expect(limit).toHaveAttribute('aria-valuetext', '31: 3 images, 60 %')
  expect(await findFaults(app.page)).toEqual([])

  await app.main.getByRole('link', { name: 'Show these: Too dark' }).click()
  await expect(app.page).toHaveURL(/\/library\?q=brightness%3C31$/)
  await expect(app.main).toContainText('3 match')
  // The limit is kept for the project without a button.
  await expect.poll(async () => (await host.client.quality.status()).limits.dark).toBe(31)
})

test('a bar of a plot leads to its images', async ({ app, folder, host, project }) => {
  expect(project.folder).not.toBe('')
  await host.client.imports.start({ path: await writeSquares(join(folder, 'squares')) })
  await waitForJobs(host.client)
  await app.open()
  await app.press('Alt+Shift+i')

  await expect(app.main.getByRole('heading', { name: 'Insights', level: 1 })).toBeVisible()
  await expect(app.main).toContainText('No scores yet')
  await app.main.getByRole('button', { name: 'Length of alt-texts as a table' }).click()
  const table = app.main.getByRole('region', { name: 'Length of alt-texts' })
  await expect(table.getByRole('row', { name: '20 to 39 characters 1' })).toBeVisible()
  expect(await findFaults(app.page)).toEqual([])

  await app.main.getByRole('link', { name: 'Too dark 2 images' }).focus()
  await app.press('Enter')
  await expect(app.page).toHaveURL(/\/library\?q=is%3Adark$/)
  await expect(app.main).toContainText('2 match')
})
