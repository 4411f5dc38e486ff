import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { storeSampleJudgements } from '../support/sample-judgements.ts'
import { expect, test } from './fixtures.ts'
import { findRow, waitForJobs } from './support/core.ts'
import { holdBack } from './support/hold-back.ts'
import { writeSamplePart } from './support/source.ts'

const START = 'Anna Smith holds an iguana. Click to enlarge'
const WITHOUT_NAME = 'Somebody holds an iguana.'

test.describe('words of the alt-text that the caption gives up', () => {
  test.beforeEach(async ({ app, host, project }) => {
    await project.fill([{ name: 'iguana.png', alt: START }])
    const { id } = await findRow(host.client, 'iguana.png')
    await app.open(`/align/${id}`)
    await app.align.expectOpen({ name: 'iguana.png', text: START })
    await app.align.expectRead()
  })

  test('show their fate as the caption is typed, and keep the editor in its place', async ({
    app,
  }) => {
    const { align } = app
    await expect(align.fateLegend).toHaveText(/^\d+ kept$/)
    await expect(align.fates('kept')).toContainText(['Anna Smith', 'holds', 'iguana'])
    const place = await align.editor.boundingBox()

    await app.press('ControlOrMeta+a')
    await app.type('Somebody holds a lizard.')
    await expect(align.fates('generalised')).toHaveText(['iguana'])
    await expect(align.fates('dropped')).toContainText(['Anna Smith'])
    await expect(align.fates('boilerplate-removed').first()).toBeVisible()
    await expect(align.fateLegend).toContainText('1 made vaguer')
    // What the lines show is said in words too.
    await expect(align.altTexts).toContainText('made vaguer: iguana (lizard)')
    await expect.poll(async () => (await align.editor.boundingBox())?.y).toBe(place?.y)
  })

  test('ask why; one key answers, asks no more, and undo takes it back', async ({
    app,
    folder,
    host,
  }) => {
    const { align } = app
    await app.press('ControlOrMeta+a')
    await app.type(WITHOUT_NAME)
    await expect(align.fateQuestion).toContainText('Anna Smith dropped. Why?')

    await app.press('Alt+Shift+1')
    await expect(align.fateQuestion).toBeHidden()
    await expect(align.editor).toBeFocused()
    await app.press('ControlOrMeta+z')
    await expect(align.fateQuestion).toContainText('Anna Smith dropped. Why?')
    await expect(align.editor).toHaveText(WITHOUT_NAME)
    await expect(align.said).toHaveText(/^Answer taken back: .*Anna Smith/)

    await app.press('Alt+Shift+2')
    await expect(align.fateQuestion).toBeHidden()
    await align.expectSaved()
    const { id } = await findRow(host.client, 'iguana.png')
    await expect
      .poll(async () => host.client.judgements.get({ imageId: id, caption: WITHOUT_NAME }))
      .toMatchObject({ overrides: [{ kind: 'fate', reason: 'not-visible' }] })
    await app.page.reload()
    await align.expectOpen({ name: 'iguana.png', text: WITHOUT_NAME })
    await expect(align.fates('dropped')).toContainText(['Anna Smith'])
    await expect(align.fateQuestion).toBeHidden()
    await app.press('ControlOrMeta+Enter')
    await expect(app.notices).toContainText('This was the last image here')
    await expect
      .poll(async () => (await host.client.projects.stats()).byStatus['submitted'])
      .toBe(1)

    const out = join(folder, 'out')
    await host.client.exports.start({ format: 'jsonl', out })
    await waitForJobs(host.client)
    const names = await readdir(out)
    const rows = await readFile(
      join(out, names.find((name) => name.endsWith('.jsonl')) ?? ''),
      'utf8',
    )
    expect(JSON.parse(rows)).toMatchObject({
      reasons: [{ words: expect.stringContaining('Anna Smith'), reason: 'not-visible' }],
    })
  })

  test('keep the newest answer where answers come faster than they can be stored', async ({
    app,
    host,
  }) => {
    const { align } = app
    const question = 'Anna Smith dropped. Why?'
    await app.press('ControlOrMeta+a')
    await app.page.keyboard.insertText(WITHOUT_NAME)
    await expect(align.fateQuestion).toContainText(question)
    await align.expectSaved()
    const letGo = await holdBack(app.page, '**/rpc/judgements/answer*')
    await app.press('Alt+Shift+1')
    await expect(align.fateQuestion).toBeHidden()
    await app.press('ControlOrMeta+z')
    await expect(align.fateQuestion).toContainText(question)

    const first = app.page.waitForResponse('**/rpc/judgements/answer*')
    const withdrawn = app.page.waitForResponse('**/rpc/judgements/withdraw*')
    letGo()
    await first
    await app.press('Alt+Shift+2')
    await expect(align.fateQuestion).toBeHidden()
    await withdrawn
    const { id } = await findRow(host.client, 'iguana.png')
    await expect
      .poll(async () => host.client.judgements.get({ imageId: id, caption: WITHOUT_NAME }))
      .toMatchObject({ overrides: [{ kind: 'fate', reason: 'not-visible' }] })
    await expect(align.fateQuestion).toBeHidden()
  })

  test('keep the last of several answers where the page goes before the first was stored', async ({
    app,
    host,
  }) => {
    const { align } = app
    const question = 'Anna Smith dropped. Why?'
    await app.press('ControlOrMeta+a')
    await app.page.keyboard.insertText(WITHOUT_NAME)
    await expect(align.fateQuestion).toContainText(question)
    await align.expectSaved()
    // The first answer never arrives, so that all others wait behind it.
    const first = app.page.waitForRequest('**/rpc/judgements/answer*')
    await app.page.route('**/rpc/judgements/answer*', () => undefined, { times: 1 })
    await app.press('Alt+Shift+1')
    await first
    await expect(align.fateQuestion).toBeHidden()
    await app.press('ControlOrMeta+z')
    await expect(align.fateQuestion).toContainText(question)
    await app.press('Alt+Shift+2')
    await expect(align.fateQuestion).toBeHidden()

    await app.page.reload()
    const { id } = await findRow(host.client, 'iguana.png')
    await expect
      .poll(async () => host.client.judgements.get({ imageId: id, caption: WITHOUT_NAME }))
      .toMatchObject({ overrides: [{ kind: 'fate', reason: 'not-visible' }] })
  })

  test('undo and redo go through answers, typing and status in one order', async ({
    app,
    host,
  }) => {
    const { align } = app
    const question = 'Anna Smith dropped. Why?'
    const { id } = await findRow(host.client, 'iguana.png')
    await host.client.align.setStatus({ imageId: id, baseRevisionId: null, status: 'skipped' })
    await expect(align.status).toHaveAccessibleName('Status: skipped')
    await app.press('ControlOrMeta+a')
    await app.page.keyboard.insertText(WITHOUT_NAME)
    await expect(align.fateQuestion).toContainText(question)
    await app.press('Alt+Shift+1')
    await expect(align.fateQuestion).toBeHidden()

    await app.press('ControlOrMeta+z')
    await expect(align.fateQuestion).toContainText(question)
    await app.press('ControlOrMeta+z')
    await expect(align.editor).toHaveText(START)
    await app.press('ControlOrMeta+z')
    await expect(align.said).toHaveText('Undone: Set status skipped')
    await expect(align.editor).toHaveText(START)
    await app.press('ControlOrMeta+Shift+z')
    await expect(align.said).toHaveText('Redone: Set status skipped')
    await app.press('ControlOrMeta+Shift+z')
    await expect(align.editor).toHaveText(WITHOUT_NAME)
    await expect(align.fateQuestion).toContainText(question)
    await app.press('ControlOrMeta+Shift+z')
    await expect(align.fateQuestion).toBeHidden()
  })

  test('a mark that is kept stays answered while other words are edited', async ({ app }) => {
    const { align } = app
    // The caret begins on the last mark, so that the next one is the first.
    await app.press('F8')
    await expect(align.currentMark).toContainText('Anna Smith')
    await app.press('F8')
    await expect(align.currentMark).toContainText('Click to enlarge')
    await app.press('ControlOrMeta+.')
    await expect(align.marks.getByRole('button').first()).toBeFocused()
    await align.marks.getByRole('button', { name: /^Keep it/ }).press('Enter')
    await expect(align.drawnMarks.filter({ hasText: 'Click to enlarge' })).toHaveCount(0)
    await expect(align.editor).toBeFocused()

    await app.press('ControlOrMeta+Home')
    await app.type('Look: ')
    await expect(align.editor).toHaveText(`Look: ${START}`)
    await align.expectSaved()
    await app.page.reload()
    await align.expectOpen({ name: 'iguana.png', text: `Look: ${START}` })
    await align.expectRead()
    await expect(align.drawnMarks.filter({ hasText: 'Click to enlarge' })).toHaveCount(0)
  })

  test('marks are drawn again where the same words are typed again', async ({ app }) => {
    const { align } = app
    await expect(align.drawnMarks).not.toHaveCount(0)
    const marked = await align.drawnMarks.allTextContents()
    await app.press('ControlOrMeta+a')
    await app.page.keyboard.insertText(START)
    await expect(align.drawnMarks).toHaveText(marked)
  })

  test('Escape leads from the actions of a mark back to the caption', async ({ app }) => {
    const { align } = app
    await app.press('F8')
    await expect(align.currentMark).toBeVisible()
    await app.press('ControlOrMeta+.')
    await expect(align.marks.getByRole('button').first()).toBeFocused()
    await app.press('Escape')
    await expect(align.editor).toBeFocused()
    await expect(align.editor).toHaveText(START)
  })

  test('what falls off the window of the trainer is greyed', async ({ app }) => {
    const { align } = app
    await expect(align.budget).toContainText('CLIP 77')
    await expect(align.beyond).toHaveCount(0)
    const words = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ')
    await app.press('ControlOrMeta+a')
    await app.page.keyboard.insertText(words)
    await expect(align.budget).toContainText('the rest is cut off')
    await expect(align.beyond.last()).toContainText('word199')
    await align.expectRead()
    await expect
      .poll(async () => {
        const greyed = (await align.beyond.allTextContents()).join('')
        return greyed !== '' && words.endsWith(greyed)
      })
      .toBe(true)

    await align.budget.press('Enter')
    await app.page.getByRole('menuitemradio', { name: 'None' }).press('Enter')
    await expect(align.budget).toHaveText('No window')
    await expect(align.beyond).toHaveCount(0)
    await expect(align.editor).toHaveText(words)
  })
})

test('undo takes a fix back together with its answer', async ({ app, folder, host, project }) => {
  const source = join(folder, 'source')
  await writeSamplePart(source, ['scene-00004.jpg'])
  await host.client.imports.start({ path: source })
  await waitForJobs(host.client)
  storeSampleJudgements(project.folder)
  const { id, text } = await findRow(host.client, 'scene-00004.jpg')
  const { align } = app
  await app.open(`/align/${id}`)
  await align.expectOpen({ name: 'scene-00004.jpg', text })
  await align.expectRead()
  expect(text).toMatch(/^Four large dice/)

  await app.press('F8')
  await expect(align.currentMark).toContainText('The scene has “two”.')
  await app.press('F9')
  await expect(align.editor).toHaveText(text.replace('Four', 'Two'))
  await expect(align.drawnMarks.filter({ hasText: 'Four' })).toHaveCount(0)
  await app.press('ControlOrMeta+z')
  await expect(align.editor).toHaveText(text)
  await expect(align.drawnMarks.filter({ hasText: 'Four' })).toHaveCount(1)
  const answers = async () =>
    (await host.client.judgements.get({ imageId: id, caption: text })).overrides
  await expect.poll(answers).toEqual([])
  await app.press('ControlOrMeta+Shift+z')
  await expect(align.editor).toHaveText(text.replace('Four', 'Two'))
  await expect.poll(answers).toMatchObject([{ answer: 'took-rival', words: 'Four' }])
})
