import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { expect, test as base } from './fixtures.ts'
import { doubtCaption } from '../support/doubt.ts'
import { findRow, listRows } from './support/core.ts'
import { invite, type Guest } from './support/guest.ts'
import { holdAnswers } from './support/hold-back.ts'
import { numberedImages } from './support/source.ts'

const ALT = 'picture number 001'
const CAPTION = 'picture number 001, a red door'
const SECOND = 'picture number 002, a green door'

// A refused decision answers 409, which browsers report, as they do what a test holds back.
const test = base.extend<{ readonly ann: Guest; readonly ben: Guest }>({
  expectedFaults: [/status of 409|ERR_TIMED_OUT/],
  ann: async ({ host, project: _ }, use) => {
    const guest = await invite(host, 'Ann')
    await use(guest)
    await host.client.people.revoke({ name: guest.name })
  },
  ben: async ({ host, project: _ }, use) => {
    const guest = await invite(host, 'Ben')
    await use(guest)
    await host.client.people.revoke({ name: guest.name })
  },
})

async function submit(guest: Guest, name: string, text: string): Promise<void> {
  const { id } = await findRow(guest.client, name)
  const { headRevisionId } = await guest.client.align.get({ imageId: id })
  await guest.client.align.submit({ imageId: id, baseRevisionId: headRevisionId, text })
}

test.beforeEach(async ({ project, ann }) => {
  await project.fill(numberedImages(3))
  await submit(ann, 'scene-001.png', CAPTION)
  await submit(ann, 'scene-002.png', SECOND)
})

test('what is submitted is accepted, and the next round begins with it', async ({ app, host }) => {
  const { align, review, rounds } = app
  await host.client.rounds.saveGuideline({
    ...{ round: 1, baseVersion: 0, markdown: '# Say the colour\n\nOf **every** door.' },
  })
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await expect(review.waiting).toHaveText('2 captions waiting')
  await expect(review.before).toHaveText(ALT)
  await review.button('Accept').click()
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  await expect(review.waiting).toHaveText('1 caption waiting')

  await app.screenButton('Rounds').click()
  await rounds.start.click()
  await expect(rounds.startDialog).toContainText('1 image would take part. 2 are not done yet.')
  await rounds.startDialog.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(rounds.round('2. Round 2')).toContainText('current')
  await rounds.round('2. Round 2').getByRole('link', { name: 'todo' }).click()
  await expect(app.library.query).toHaveValue('work:2 status:todo')
  await expect(app.library.cells).toHaveCount(1)
  await app.library.cell(CAPTION).dblclick()
  await align.expectOpen({ name: 'scene-001.png', text: CAPTION })
  const guideline = app.page.getByText('Guideline of round 2')
  await guideline.click()
  await expect(app.page.getByRole('heading', { name: 'Say the colour' })).toBeVisible()
})

test('what is returned comes back to its author with the remark', async ({
  app,
  appOn,
  host,
  ann,
  browser,
}) => {
  await app.open('/review')
  await app.review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await app.review.button(/^Return…/).click()
  await app.review.remark.fill('Is it not blue?')
  await app.review.quotable.focus()
  await app.press('ControlOrMeta+End')
  await app.press('Shift+ControlOrMeta+ArrowLeft')
  await app.press('Shift+ControlOrMeta+ArrowLeft')
  await expect(app.review.quote).toContainText('red door')
  await app.review.button('Return to Ann').click()
  await app.review.expectShown({ name: 'scene-002.png', text: SECOND })

  const context = await browser.newContext()
  const author = appOn(host, await context.newPage())
  await author.page.goto(ann.urlOf(`/library?q=${encodeURIComponent('for:me status:returned')}`))
  await expect(author.library.cells).toHaveCount(1)
  await author.library.cell(CAPTION).dblclick()
  await author.align.expectOpen({ name: 'scene-001.png', text: CAPTION })
  await expect(author.page.getByText('Is it not blue?').first()).toBeVisible()

  // The new text says what the remark was when it comes up for review again.
  await expect(author.align.editor).toBeFocused()
  await author.press('ControlOrMeta+a')
  await author.type('picture number 001, a blue door')
  await author.press('ControlOrMeta+Enter')
  await expect(app.review.waiting).toHaveText('2 captions waiting')
  await app.review.entry('scene-001.png').click()
  await app.review.expectShown({
    name: 'scene-001.png',
    text: 'picture number 001, a blue door',
  })
  await expect(app.review.item).toContainText('Returned before by')
  await expect(app.review.item).toContainText('about red door: Is it not blue?')
  await context.close()
})

test('the most doubtful captions come first where somebody wants that', async ({
  app,
  host,
  project,
}) => {
  const { review } = app
  const { id } = await findRow(host.client, 'scene-002.png')
  doubtCaption(project.folder, id, 0.9)
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await app.press('Alt+k')
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  await expect(review.entry('scene-001.png')).toContainText('not checked')
  await app.page.getByRole('radio', { name: 'Oldest' }).click()
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
})

test('a decision is taken back, also the last one', async ({ app, host }) => {
  const { review } = app
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await app.press('ControlOrMeta+Enter')
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  await app.press('ControlOrMeta+Enter')
  await expect(review.nothing).toBeVisible()
  await app.press('ControlOrMeta+z')
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  await app.press('ControlOrMeta+z')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await expect(review.waiting).toHaveText('2 captions waiting')
  expect(await listRows(host.client, 'status:accepted')).toEqual([])
})

test('a correction is stored as the reviewer’s own text and accepted', async ({ app, host }) => {
  const { review } = app
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await app.press('e')
  await expect(review.correction).toBeFocused()
  await app.press('ControlOrMeta+End')
  await app.type(' and a step')
  await expect(review.after).toHaveText(`${CAPTION} and a step`)
  await review.button('Accept with your correction').click()
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  const { id } = await findRow(host.client, 'scene-001.png')
  const image = await host.client.align.get({ imageId: id })
  expect(image.status).toBe('accepted')
  expect(image.revisions.map(({ text, author }) => [text, author.name])).toEqual([
    [CAPTION, 'Ann'],
    [`${CAPTION} and a step`, (await host.client.settings.get()).personName],
  ])
})

test('nothing is decided on a text that was changed meanwhile', async ({ app, host, ann }) => {
  const { review } = app
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await app.press('Alt+r')
  await review.remark.fill('Which red?')
  const newer = 'picture number 001, a dark red door'
  await submit(ann, 'scene-001.png', newer)
  await expect(review.alert).toContainText('Ann changed this caption meanwhile.')
  await app.press('ControlOrMeta+Enter')
  await expect(review.after).toHaveText(CAPTION)
  await review.button('Go on with the newer text').click()
  await review.expectShown({ name: 'scene-001.png', text: newer })
  await expect(review.remark).toHaveValue('Which red?')
  await app.press('Escape')
  await review.button('Accept').click()
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  const { id } = await findRow(host.client, 'scene-001.png')
  expect(await host.client.align.get({ imageId: id })).toMatchObject({
    status: 'accepted',
    startText: newer,
  })
})

test('a decision that came too late is told', async ({ app, ben }) => {
  const { review } = app
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  // What the page has not heard of yet: its events are held back, as on a slow line.
  await app.page.route('**/rpc/review/queue*', (route) => route.abort('timedout'))
  const queue = await ben.client.review.queue({ query: '', after: null, limit: 1 })
  const [first] = queue.items
  if (first === undefined) throw new Error('Nothing waits.')
  await ben.client.review.accept({
    ...{ imageId: first.imageId, baseRevisionId: first.headRevisionId },
  })
  await app.press('ControlOrMeta+Enter')
  await expect(app.notices).toContainText('It was decided already')
  await app.page.unroute('**/rpc/review/queue*')
})

test('what waits is counted right where the queue is read before the decision is answered', async ({
  app,
  ann,
}) => {
  const { review } = app
  await submit(ann, 'scene-003.png', 'picture number 003, a white door')
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await expect(review.waiting).toHaveText('3 captions waiting')
  const letGo = await holdAnswers(app.page, '**/rpc/review/accept*')
  await app.press('ControlOrMeta+Enter')
  await expect(review.waiting).toHaveText('2 captions waiting')
  letGo()
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  await expect(review.waiting).toHaveText('2 captions waiting')
})

test('what somebody else decided stays on screen until the reader goes on', async ({
  app,
  ben,
}) => {
  const { review } = app
  await app.open('/review')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  const { id } = await findRow(ben.client, 'scene-001.png')
  const { headRevisionId } = await ben.client.align.get({ imageId: id })
  if (headRevisionId === null) throw new Error('Nothing was submitted.')
  await ben.client.review.accept({ imageId: id, baseRevisionId: headRevisionId })
  await expect(review.alert).toContainText('This caption does not wait any more. Ben accepted it.')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await review.button('Go on').click()
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
})

test('review goes without a mouse', async ({ app, host, ann }) => {
  const { review } = app
  await submit(ann, 'scene-003.png', 'picture number 003, a white door')
  await app.open()
  await app.library.expectOpen('3 images')
  await app.press('ControlOrMeta+6')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })
  await expect(review.item).toBeFocused()

  await app.press('Alt+ArrowDown')
  await review.expectShown({ name: 'scene-002.png', text: SECOND })
  await expect(review.item).toBeFocused()
  await app.press('Alt+ArrowUp')
  await review.expectShown({ name: 'scene-001.png', text: CAPTION })

  await app.press('Alt+r')
  await expect(review.remark).toBeFocused()
  await app.type('Say more')
  await app.press('Escape')
  await expect(review.item).toBeFocused()
  await app.press('Alt+r')
  await expect(review.remark).toHaveValue('Say more')
  await app.press('Tab')
  await expect(review.quotable).toBeFocused()
  await app.press('ControlOrMeta+a')
  await expect(review.quote).toContainText(CAPTION)
  await app.press('ControlOrMeta+Enter')
  await review.expectShown({ name: 'scene-002.png', text: SECOND })

  await app.press('e')
  await expect(review.correction).toBeFocused()
  await app.press('Escape')
  await expect(review.item).toBeFocused()
  await app.press('ControlOrMeta+Enter')
  await review.expectShown({ name: 'scene-003.png', text: 'picture number 003, a white door' })
  await app.press('Alt+o')
  await app.align.expectOpen({ name: 'scene-003.png', text: 'picture number 003, a white door' })

  const page = await host.client.library.page({
    ...{ query: 'status:returned,accepted', sort: DEFAULT_SORT, position: 0, limit: 9 },
  })
  expect(page.rows.map(({ name, status }) => [name, status])).toEqual([
    ['scene-001.png', 'returned'],
    ['scene-002.png', 'accepted'],
  ])
})
