import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { findRow, waitForJobs } from './support/core.ts'
import { writeImageFolder, type SourceImage } from './support/source.ts'

const ANIMALS: readonly SourceImage[] = [
  { name: 'iguana-1.png', alt: 'common iguana' },
  { name: 'bus.png', alt: 'red bus in london' },
  { name: 'iguana-2.png', alt: 'iguana DSC_0042 buy prints' },
  { name: 'iguana-3.png', alt: 'green iguana, Costa Rica' },
]

test.describe('the main job, by keyboard alone', () => {
  test('search, correct, submit and go on', async ({ app, host, project }) => {
    await project.fill(ANIMALS)
    const { library, align } = app
    await app.open()
    await library.expectOpen('4 images')

    await library.search('iguana')
    await expect(library.count).toHaveText('3 match')
    await app.press('Enter')
    await expect(library.grid).toBeFocused()
    await app.press('Enter')

    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana' })
    await expect(align.editor).toBeFocused()
    await app.type(' on a branch')
    await align.expectSaved()
    const first = await findRow(host.client, 'iguana-1.png')
    expect(await host.client.align.get({ imageId: first.id })).toMatchObject({
      status: 'draft',
      draft: { text: 'common iguana on a branch' },
    })

    await app.press('ControlOrMeta+Enter')
    await align.expectOpen({ name: 'iguana-2.png', text: 'iguana DSC_0042 buy prints' })
    await expect(align.editor).toBeFocused()
    await app.press('ControlOrMeta+a')
    await app.type('An iguana on a stone.')
    await app.press('ControlOrMeta+Enter')
    await align.expectOpen({ name: 'iguana-3.png', text: 'green iguana, Costa Rica' })

    const second = await findRow(host.client, 'iguana-2.png')
    for (const [id, text] of [
      [first.id, 'common iguana on a branch'],
      [second.id, 'An iguana on a stone.'],
    ] as const) {
      // The next image is shown at once, while the round is still on its way to the disk.
      await expect(async () => {
        const image = await host.client.align.get({ imageId: id })
        expect(image).toMatchObject({ status: 'submitted', draft: null })
        expect(image.revisions.map((revision) => revision.text)).toEqual([text])
        expect(image.altTexts[0]?.text).not.toBe(text)
      }).toPass()
    }

    await app.press('Escape')
    await expect(align.editor).not.toBeFocused()
    await app.press('Escape')
    await expect(library.count).toHaveText('3 match')
    await expect(library.query).toHaveValue('iguana')
  })

  test('walk back and forth; a text stays as it was left', async ({ app, project }) => {
    await project.fill(ANIMALS)
    const { align } = app
    await app.open()
    await app.library.expectOpen('4 images')
    await app.press('Enter')
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana' })
    await app.type(', half done')
    await app.press('Alt+ArrowDown')
    await align.expectOpen({ name: 'bus.png', text: 'red bus in london' })
    await expect(align.editor).toBeFocused()
    await app.press('Alt+ArrowUp')
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana, half done' })
    await align.expectSaved()

    await app.page.reload()
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana, half done' })
  })

  test('the diff shows what changed, and can be hidden', async ({ app, project }) => {
    await project.fill(ANIMALS)
    const { align } = app
    await app.open()
    await app.library.expectOpen('4 images')
    await app.press('Enter')
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana' })
    await app.type(' basking')
    await expect(align.difference).toContainText('−0 +1')
    await expect(align.difference.getByRole('insertion')).toHaveText(/basking/)
    await app.press('ControlOrMeta+d')
    await expect(align.difference).toBeHidden()
    await expect(align.editor).toBeFocused()
    await app.press('ControlOrMeta+d')
    await expect(align.difference).toBeVisible()
  })

  test('a submitted round can be taken back and done again', async ({ app, host, project }) => {
    await project.fill(ANIMALS)
    const { align } = app
    await app.open()
    await app.library.expectOpen('4 images')
    await app.press('Enter')
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana' })
    await app.type(' in the sun')
    await app.press('ControlOrMeta+Enter')
    await align.expectOpen({ name: 'bus.png', text: 'red bus in london' })
    await app.press('Alt+ArrowUp')
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana in the sun' })
    await expect(align.status).toHaveAccessibleName('Status: submitted')

    // A reload forgets the typing, so that the undo is that of the image.
    await app.page.reload()
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana in the sun' })
    await expect(align.editor).toBeFocused()
    await app.press('ControlOrMeta+z')
    await expect(app.notices).toContainText('Undone: Submit round')
    await expect(align.status).not.toHaveAccessibleName('Status: submitted')
    const { id } = await findRow(host.client, 'iguana-1.png')
    expect((await host.client.align.get({ imageId: id })).headRevisionId).toBeNull()

    await app.press('ControlOrMeta+Shift+z')
    await expect(align.status).toHaveAccessibleName('Status: submitted')
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana in the sun' })
  })

  test('a status is one key', async ({ app, host, project }) => {
    await project.fill(ANIMALS)
    const { align } = app
    await app.open()
    await app.library.expectOpen('4 images')
    await app.press('Enter')
    await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana' })
    await app.press('Alt+s')
    await align.expectOpen({ name: 'bus.png', text: 'red bus in london' })
    await app.press('Alt+x')
    await align.expectOpen({ name: 'iguana-2.png', text: 'iguana DSC_0042 buy prints' })
    await expect(async () => {
      expect(await findRow(host.client, 'iguana-1.png')).toMatchObject({ status: 'skipped' })
      expect(await findRow(host.client, 'bus.png')).toMatchObject({ status: 'discarded' })
    }).toPass()
  })
})

test('a draft and a submitted round outlive a restart', async ({ appOn, folder, launch }) => {
  const project = join(folder, 'project')
  const token = 'a-token-that-stays-the-same'
  const first = await launch({ project, token })
  await writeImageFolder(join(folder, 'source'), ANIMALS)
  await first.client.imports.start({ path: join(folder, 'source') })
  await waitForJobs(first.client)

  const app = appOn(first)
  const { align } = app
  await app.open()
  await app.library.expectOpen('4 images')
  await app.press('Enter')
  await align.expectOpen({ name: 'iguana-1.png', text: 'common iguana' })
  await app.type(' on a wall')
  await app.press('ControlOrMeta+Enter')
  await align.expectOpen({ name: 'bus.png', text: 'red bus in london' })
  await app.type(' at night')
  await align.expectSaved()
  await app.page.goto('about:blank')
  expect(await first.stop()).toBe(0)

  const second = await launch({ project, token })
  const later = appOn(second)
  const { id } = await findRow(second.client, 'bus.png')
  await later.open(`/align/${id}`)
  await later.align.expectOpen({ name: 'bus.png', text: 'red bus in london at night' })
  await later.press('Alt+ArrowUp')
  await later.align.expectOpen({ name: 'iguana-1.png', text: 'common iguana on a wall' })
  await expect(later.align.rounds).toContainText('Round 1')
})
