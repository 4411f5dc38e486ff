import { expect, test } from './fixtures.ts'
import { findRow } from './support/core.ts'

const START = 'A dog runs. The sky is blue.'
const PROPOSAL = 'A brown dog runs fast. The sky is blue. A red kite flies above.'

test.describe('a proposal', () => {
  let imageId: Awaited<ReturnType<typeof findRow>>['id']

  test.beforeEach(async ({ app, host, project }) => {
    await project.fill([{ name: 'beach.png', alt: START }])
    imageId = (await findRow(host.client, 'beach.png')).id
    await host.client.proposals.add({ imageId, text: PROPOSAL, note: 'from a friend' })
    await app.open(`/align/${imageId}`)
    await app.align.expectOpen({ name: 'beach.png', text: START })
    await expect(app.align.proposals).toContainText('1 open of 1')
  })

  test('is taken change by change, and given back by undo', async ({ app, host }) => {
    const { align } = app
    const states = async () =>
      (await host.client.proposals.list({ imageId })).map((proposal) => proposal.state)
    await expect(align.proposals).toContainText('from a friend')
    await app.press('Alt+l')
    await expect(align.desk).toBeFocused()
    await expect(align.said).toHaveText('Change 1 of 3: adds “brown”')
    await expect(align.editor).toHaveText(START)

    await app.press('F7')
    await expect(align.said).toHaveText('Change 2 of 3: adds “fast”')
    await app.press('Shift+F7')
    await app.press('Alt+a')
    await expect(align.editor).toHaveText('A brown dog runs. The sky is blue.')
    await expect(align.said).toHaveText('Change 1 of 2: adds “fast”')
    await expect.poll(states).toEqual(['partly-accepted'])
    await align.expectSaved()

    await app.press('ControlOrMeta+z')
    await expect(align.editor).toHaveText(START)
    await expect.poll(states).toEqual(['open'])
    await align.expectSaved()
  })

  test('is open again where it was given back faster than a pause in typing', async ({
    app,
    host,
  }) => {
    const { align } = app
    await app.press('Alt+l')
    await expect(align.desk).toBeFocused()
    const decisions: string[] = []
    app.page.on('request', (request) => {
      if (request.url().endsWith('/rpc/proposals/decide')) decisions.push(request.url())
    })
    await app.press('Alt+a')
    await app.press('ControlOrMeta+z')
    await expect(align.editor).toHaveText(START)
    await expect.poll(() => decisions.length).toBe(2)
    await expect
      .poll(async () => (await host.client.proposals.list({ imageId })).map(({ state }) => state))
      .toEqual(['open'])
  })

  test('is taken by sentence, left out in part, and submitted with its source', async ({
    app,
    host,
  }) => {
    const { align } = app
    await app.press('Alt+l')
    await expect(align.desk).toBeFocused()
    await app.press('Alt+Shift+a')
    await expect(align.editor).toHaveText('A brown dog runs fast. The sky is blue.')
    await app.press('Alt+r')
    await expect(align.said).toHaveText('Nothing of the proposal is left.')
    await expect(align.editor).toBeFocused()
    await expect(align.proposals).toContainText('partly taken')
    await app.press('ControlOrMeta+Enter')
    await expect
      .poll(async () => (await host.client.align.get({ imageId })).revisions.length)
      .toBe(1)
    const { revisions } = await host.client.align.get({ imageId })
    expect(revisions[0]?.text).toBe('A brown dog runs fast. The sky is blue.')
    expect(revisions[0]?.proposals).toHaveLength(1)
  })

  test('is taken whole beside what was typed meanwhile, or rejected', async ({ app, host }) => {
    const { align } = app
    await app.press('Alt+l')
    await expect(align.desk).toBeFocused()
    await app.press('Alt+v')
    await expect(align.desk).toBeFocused()
    await app.press('Alt+Enter')
    await expect(align.editor).toHaveText(PROPOSAL)
    await expect(align.proposals).toContainText('taken')
    await align.expectSaved()

    await host.client.proposals.add({ imageId, text: 'Something else.', note: '' })
    await app.page.reload()
    await align.expectOpen({ name: 'beach.png', text: PROPOSAL })
    await expect(align.proposals).toContainText('1 open of 2')
    await app.press('Alt+l')
    await expect(align.desk).toBeFocused()
    await app.press('Alt+Shift+r')
    await expect(align.proposals).toContainText('rejected')
    await expect(align.editor).toHaveText(PROPOSAL)
    await expect(align.editor).toBeFocused()
  })
})

test('without proposals the panel says what they are', async ({ app, host, project }) => {
  await project.fill([{ name: 'beach.png', alt: START }])
  const { id } = await findRow(host.client, 'beach.png')
  await app.open(`/align/${id}`)
  await expect(app.align.proposals).toContainText('never change the caption by themselves')
  await app.align.expectOpen({ name: 'beach.png', text: START })
  await app.press('Alt+l')
  await expect(app.align.said).toHaveText('There is no open proposal.')
})
