import { expect, test } from './fixtures.ts'
import { holdBack } from './support/hold-back.ts'
import { numberedImages } from './support/source.ts'

const COUNT = 30
const STEPS = 40

test('typing between fast steps never lands in another image', async ({ app, host, project }) => {
  test.slow()
  const rows = await project.fill(numberedImages(COUNT))
  const { align } = app
  await app.open()
  await app.library.expectOpen(`${COUNT} images`)
  await app.press('Enter')
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })

  const random = createRandom(20_261_121)
  for (let step = 0; step < STEPS; step += 1) {
    // Before a text has come the editor takes none; how that is, the next test says.
    await expect(align.editor).not.toHaveAttribute('aria-busy', 'true')
    await app.page.keyboard.insertText(` <${await align.imageId()}>`)
    await app.press(random() < 0.62 ? 'Alt+ArrowDown' : 'Alt+ArrowUp')
  }

  await expect
    .poll(async () => {
      const images = await Promise.all(rows.map(({ id }) => host.client.align.get({ imageId: id })))
      return images.flatMap(({ id, startText }) => readMarks(startText).map((mark) => [id, mark]))
    })
    .toHaveLength(STEPS)
  for (const { id, name } of rows) {
    const { startText, altTexts } = await host.client.align.get({ imageId: id })
    const marks = readMarks(startText)
    expect(marks, name).toEqual(marks.map(() => id))
    expect(startText.replaceAll(/ <\d+>/g, ''), name).toBe(altTexts[0]?.text)
  }
})

test('what is typed before the text has come goes nowhere', async ({ app, host, project }) => {
  const [row] = await project.fill(numberedImages(1))
  if (row === undefined) throw new Error('The project stayed empty.')
  const { align, page } = app
  const letGo = await holdBack(page, '**/rpc/align/get*')
  await app.open(`/align/${row.id}`)
  await expect(align.editor).toBeFocused()
  await expect(align.editor).toHaveAttribute('aria-busy', 'true')
  await app.type('too early')
  await app.press('ControlOrMeta+a')
  await app.press('Delete')
  await page.keyboard.insertText('much too early')
  await app.press('ControlOrMeta+Enter')
  await expect(align.editor).toHaveText('')

  letGo()
  await align.expectOpen({ name: row.name, text: 'picture number 001' })
  await app.type(', in time')
  await align.expectSaved()
  expect(await host.client.align.get({ imageId: row.id })).toMatchObject({
    ...{ draft: { text: 'picture number 001, in time' }, revisions: [] },
  })
})

test('a step is taken once it is known where it leads', async ({ app, host, project }) => {
  const [row] = await project.fill(numberedImages(3))
  if (row === undefined) throw new Error('The project stayed empty.')
  const { align } = app
  const letGo = await holdBack(app.page, '**/rpc/library/around*')
  await app.open(`/align/${row.id}`)
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
  await app.type(', done')
  await app.press('ControlOrMeta+Enter')
  await expect
    .poll(async () => (await host.client.align.get({ imageId: row.id })).revisions)
    .toMatchObject([{ text: 'picture number 001, done' }])
  await expect(align.editor).toHaveText('picture number 001, done')

  letGo()
  await align.expectOpen({ name: 'scene-002.png', text: 'picture number 002' })
  await expect(app.notices).not.toContainText('last image')
})

test('what is typed while a status is on its way stays', async ({ app, host, project }) => {
  const [row] = await project.fill(numberedImages(2))
  if (row === undefined) throw new Error('The project stayed empty.')
  const { align } = app
  const letGo = await holdBack(app.page, '**/rpc/align/setStatus*')
  await app.open(`/align/${row.id}`)
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
  const asked = app.page.waitForRequest('**/rpc/align/setStatus*')
  await app.press('Alt+s')
  await asked
  await app.type(', typed on')
  letGo()
  await align.expectOpen({ name: 'scene-002.png', text: 'picture number 002' })
  await app.press('Alt+ArrowUp')
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001, typed on' })
  await align.expectSaved()
  expect((await host.client.align.get({ imageId: row.id })).draft?.text).toBe(
    'picture number 001, typed on',
  )
})

test('who goes elsewhere while a status is on its way stays there', async ({ app, project }) => {
  const [row] = await project.fill(numberedImages(2))
  if (row === undefined) throw new Error('The project stayed empty.')
  const letGo = await holdBack(app.page, '**/rpc/align/setStatus*')
  await app.open(`/align/${row.id}`)
  await app.align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
  const asked = app.page.waitForRequest('**/rpc/align/setStatus*')
  await app.press('Alt+s')
  await asked
  await app.screenButton('Library').click()
  await app.library.expectOpen('2 images')
  letGo()
  await expect(app.library.cell('picture number 001')).toContainText('skipped')
  await expect(app.library.grid).toBeVisible()
})

test('undo comes after the round that is still being submitted', async ({ app, host, project }) => {
  const [row] = await project.fill(numberedImages(1))
  if (row === undefined) throw new Error('The project stayed empty.')
  const { align } = app
  const letGo = await holdBack(app.page, '**/rpc/align/submit*')
  await app.open(`/align/${row.id}`)
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
  await app.type(', done')
  const asked = app.page.waitForRequest('**/rpc/align/submit*')
  await app.press('ControlOrMeta+Enter')
  await asked
  await app.press('ControlOrMeta+z')
  letGo()
  await expect(app.notices).toContainText('Undone: Submit round')
  const { revisions, headRevisionId } = await host.client.align.get({ imageId: row.id })
  expect({ headRevisionId, texts: revisions.map(({ text }) => text) }).toEqual({
    ...{ headRevisionId: null, texts: ['picture number 001, done'] },
  })
})

test('a round is submitted on the one that is still being submitted', async ({
  app,
  host,
  project,
}) => {
  const [row] = await project.fill(numberedImages(1))
  if (row === undefined) throw new Error('The project stayed empty.')
  const { align } = app
  const letGo = await holdBack(app.page, '**/rpc/align/submit*')
  await app.open(`/align/${row.id}`)
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
  await app.type(', one')
  const asked = app.page.waitForRequest('**/rpc/align/submit*')
  await app.press('ControlOrMeta+Enter')
  await asked
  await app.type(', two')
  await app.press('ControlOrMeta+Enter')
  letGo()
  await expect
    .poll(async () => {
      const { revisions } = await host.client.align.get({ imageId: row.id })
      return revisions.map(({ text }) => text).toSorted()
    })
    .toEqual(['picture number 001, one', 'picture number 001, one, two'])
  await align.expectSaved()
  await expect(align.conflict).toBeHidden()
})

function readMarks(text: string): number[] {
  return [...text.matchAll(/<(\d+)>/g)].map((match) => Number(match[1]))
}

/** Numerical Recipes' linear congruential generator; the same steps each time. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
