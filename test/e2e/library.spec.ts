import type { ImageId } from '../../src/shared/domain/ids.ts'
import type { Status } from '../../src/shared/domain/status.ts'
import { expect, test } from './fixtures.ts'
import { listRows } from './support/core.ts'
import { numberedImages } from './support/source.ts'

const TWELVE = numberedImages(12)

test.describe('finding', () => {
  test('facets and the query say the same', async ({ app, host, project }) => {
    const rows = await project.fill(TWELVE)
    const ids = rows.slice(0, 3).map((row) => row.id)
    await setStatus(host.client, ids, 'accepted')
    const { library } = app
    await app.open()

    await library.facet('accepted').click()
    await expect(library.query).toHaveValue('status:accepted')
    await expect(library.count).toHaveText('3 match')
    await expect(library.cells).toHaveCount(3)
    await expect(library.facet('accepted')).toHaveAttribute('aria-pressed', 'true')
    await app.page.reload()
    await expect(library.count).toHaveText('3 match')
    await library.facet('accepted').click()
    await expect(library.count).toHaveText('12 images')

    await library.search('status:todo name:00*')
    await expect(library.count).toHaveText('0 match')
    await expect(library.nothing).toContainText('No image matches')
    await library.search('status:todo name:00')
    await expect(library.count).toHaveText('6 match')
  })

  test('a query that cannot be read says why at its place, and the images stay', async ({
    app,
    project,
  }) => {
    await project.fill(TWELVE)
    const { library } = app
    await app.open()
    await library.expectOpen('12 images')
    await library.search('status:finished')
    await expect(library.queryMistake).toContainText('finished')
    await expect(library.query).toHaveAccessibleDescription(/finished/)
    await expect(library.query).toHaveAttribute('aria-invalid', 'true')
    await expect(library.cells).toHaveCount(12)

    await library.search('status:todo')
    await expect(library.queryMistake).toBeHidden()
    await expect(library.count).toHaveText('12 match')
  })

  test('suggestions complete a field and its values by keyboard', async ({ app, project }) => {
    await project.fill(TWELVE)
    const { library } = app
    await app.open()
    await library.expectOpen('12 images')
    await library.search('stat')
    await expect(library.suggestions).toContainText('status')
    await app.press('Tab')
    await expect(library.query).toHaveValue('status:')
    await app.type('tod')
    await expect(library.suggestions).toContainText('todo')
    await app.press('Tab')
    await expect(library.query).toHaveValue(/^status:todo ?$/)
    await expect(library.count).toHaveText('12 match')
  })
})

test('the order can be chosen in both layouts', async ({ app, project }) => {
  await project.fill(TWELVE)
  const { library } = app
  await app.open()
  await library.expectOpen('12 images')
  await library.sortBy('Name')
  await library.sortBy('Descending')
  await expect(library.cells.first()).toContainText('picture number 012')

  await app.press('l')
  await expect(library.row('scene-012.png')).toBeVisible()
  await expect(library.rows.nth(1)).toContainText('scene-012.png')
  await library.columnHeader('Name').getByRole('button').click()
  await expect(library.rows.nth(1)).toContainText('scene-001.png')
  await expect(library.columnHeader('Name')).toHaveAttribute('aria-sort', 'ascending')
  await app.page.reload()
  await expect(library.rows.nth(1)).toContainText('scene-001.png')

  // The layout is kept even where the page goes right after the key.
  await expect(library.grid).toBeFocused()
  await app.press('g')
  await app.page.reload()
  await expect(library.cell('picture number 001')).toBeVisible()
  await expect(library.columnHeader('Name')).toHaveCount(0)
})

test.describe('many at once', () => {
  test('select by keyboard, set a status, take it back as one', async ({ app, host, project }) => {
    await project.fill(TWELVE)
    const { library } = app
    await app.open()
    await library.expectOpen('12 images')
    await app.press('Space')
    await app.press('ArrowRight')
    await app.press('ArrowRight')
    await app.press('Space')
    await expect(library.selectedCount).toHaveText('2 selected')
    await app.press('ArrowRight')
    await app.press('Shift+ArrowRight')
    await app.press('Shift+ArrowRight')
    await expect(library.selectedCount).toHaveText('3 selected')

    await app.press('4')
    await expect(app.notices).toContainText('3 images set to accepted')
    await expect(library.facet('accepted')).toContainText('3')
    expect((await listRows(host.client, 'status:accepted')).map((row) => row.name)).toEqual([
      'scene-004.png',
      'scene-005.png',
      'scene-006.png',
    ])

    await app.notices.getByRole('button', { name: 'Undo' }).click()
    await expect(library.facet('accepted')).toContainText('0')
    expect(await listRows(host.client, 'status:accepted')).toEqual([])

    await app.press('ControlOrMeta+Shift+z')
    await expect(library.facet('accepted')).toContainText('3')
    await app.press('ControlOrMeta+z')
    await expect(library.facet('accepted')).toContainText('0')
  })

  test('tag all that match but one', async ({ app, host, project }) => {
    await project.fill(TWELVE)
    const { library } = app
    await app.open()
    await library.expectOpen('12 images')
    await app.press('ControlOrMeta+a')
    await expect(library.selectedCount).toHaveText('12 selected')
    await app.press('Space')
    await expect(library.selectedCount).toHaveText('11 selected')

    await app.press('t')
    await expect(library.tagDialog).toBeVisible()
    await app.type('night')
    await app.press('Enter')
    await expect(library.tagDialog).toBeHidden()
    await expect(app.notices).toContainText('11 images tagged “night”')
    await expect(library.facet('night')).toContainText('11')
    const tagged = await listRows(host.client, 'tag:night')
    expect(tagged).toHaveLength(11)
    expect(tagged.map((row) => row.name)).not.toContain('scene-001.png')

    await app.notices.getByRole('button', { name: 'Undo' }).click()
    await expect(library.facet('night')).toBeHidden()
    expect(await listRows(host.client, 'tag:night')).toEqual([])

    await app.press('Escape')
    await expect(library.selectedCount).toBeHidden()
  })
})

async function setStatus(
  client: Parameters<typeof listRows>[0],
  ids: readonly ImageId[],
  status: Status,
): Promise<void> {
  await client.library.setStatus({ selection: { kind: 'ids', ids: [...ids] }, status })
}

test.describe('saved views', () => {
  test('keep a query with its order, by key, for the next time', async ({ app, project }) => {
    await project.fill(TWELVE)
    const { library, page } = app
    await app.open()
    await library.expectOpen('12 images')
    await library.search('name:00')
    await expect(library.count).toHaveText('9 match')
    await library.sortBy('Name')
    await library.grid.focus()
    await app.press('v')
    const dialog = page.getByRole('dialog', { name: 'Save this view' })
    await expect(dialog).toContainText('name:00')
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await app.type('Below ten')
    await app.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('button', { name: 'View: Below ten' })).toBeVisible()

    await app.open()
    await library.expectOpen('12 images')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitemradio', { name: 'Below ten' }).click()
    await expect(library.count).toHaveText('9 match')
    await expect(library.query).toHaveValue('name:00')
    await expect(page.getByRole('button', { name: /^Order:/ })).toHaveText('Name')

    await page.getByRole('button', { name: 'View: Below ten' }).click()
    await page.getByRole('menuitem', { name: 'Rename, change or remove' }).click()
    await page.getByRole('button', { name: 'Remove Below ten' }).click()
    await expect(page.getByRole('dialog', { name: 'Saved views' })).toContainText('There are none')
  })
})
