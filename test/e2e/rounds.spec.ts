import { expect, test as base } from './fixtures.ts'
import { findRow } from './support/core.ts'
import { invite } from './support/guest.ts'
import { numberedImages } from './support/source.ts'

// A guideline that came too late answers 409, which browsers report.
const test = base.extend({ expectedFaults: [/status of 409/] })

test.beforeEach(async ({ host, project }) => {
  await project.fill(numberedImages(4))
  for (const name of ['scene-001.png', 'scene-002.png']) {
    const { id } = await findRow(host.client, name)
    const text = `${name} with a red door`
    const { headRevisionId } = await host.client.align.submit({
      ...{ imageId: id, baseRevisionId: null, text },
    })
    if (headRevisionId === null) throw new Error('The submit made no revision.')
    await host.client.review.accept({ imageId: id, baseRevisionId: headRevisionId })
  }
})

test('a round is started with its options, changed, and taken back', async ({ app, host }) => {
  const { rounds } = app
  await app.open('/rounds')
  const first = rounds.round('1. Round 1')
  await expect(
    first.getByRole('img', { name: '2 of 4 images submitted or accepted' }),
  ).toBeVisible()
  await expect(first.getByRole('row', { name: / 2 2 / })).toBeVisible()

  await rounds.start.click()
  const { startDialog } = rounds
  await expect(startDialog).toContainText('2 images would take part. 2 are not done yet.')
  const share = startDialog.getByRole('spinbutton', { name: /^Share/ })
  await share.fill('')
  await expect(startDialog).toContainText('A number from 0 to 100')
  await share.fill('0')
  await expect(startDialog).toContainText('0 images would take part.')
  await expect(startDialog.getByRole('button', { name: 'Start', exact: true })).toBeDisabled()
  await share.fill('100')
  await expect(startDialog).toContainText('2 images would take part.')
  await startDialog.getByRole('textbox', { name: 'Name' }).fill('Second eyes')
  await startDialog.getByRole('checkbox', { name: /^Another person/ }).check()
  await startDialog.getByRole('button', { name: 'Start', exact: true }).click()
  const second = rounds.round('2. Second eyes')
  await expect(second).toContainText('by another person than before')
  await expect(second.getByRole('link', { name: 'todo' })).toContainText('2')
  // What went on to the next round can only be counted in the one before.
  await expect(first.getByRole('link', { name: 'accepted' })).toHaveCount(0)
  await expect(first).toContainText('accepted')

  await rounds.settingsOf(2).click()
  await rounds.settingsDialog.getByRole('textbox', { name: 'Name' }).fill('Fresh eyes')
  await rounds.settingsDialog.getByRole('checkbox', { name: /^Another person/ }).uncheck()
  await app.press('Enter')
  await expect(rounds.settingsDialog).toBeHidden()
  await expect(rounds.round('2. Fresh eyes')).toContainText('by anyone')

  await app.notices.getByRole('button', { name: 'Undo' }).click()
  await expect(rounds.round('2. Fresh eyes')).toBeHidden()
  expect(await host.client.rounds.list()).toHaveLength(1)
})

test('a guideline is written, changed, and its versions compared', async ({ app }) => {
  const { rounds } = app
  await app.open('/rounds')
  await rounds.editGuideline(1).click()
  await expect(rounds.markdown).toBeFocused()
  await app.type('# Colours\n\nSay the **colour** of doors. <script>no</script>')
  const guideline = rounds.guideline(1)
  await expect(guideline.getByRole('heading', { name: 'Colours' })).toBeVisible()
  // What was typed is there after a look at another screen.
  await app.screenButton('Jobs').click()
  await app.screenButton('Rounds').click()
  await expect(rounds.markdown).toHaveValue(/^# Colours/)
  await guideline.getByRole('button', { name: 'Save as version 1' }).click()
  await expect(rounds.markdown).toBeHidden()
  await expect(guideline).toContainText('version 1')
  await expect(guideline).toContainText('<script>no</script>')

  await rounds.editGuideline(1).click()
  await rounds.markdown.fill('# Colours\n\nSay the colour of every door.')
  await app.press('ControlOrMeta+Enter')
  await expect(guideline).toContainText('version 2')
  await guideline.getByText('Older versions').click()
  await expect(guideline.getByRole('listitem').first()).toContainText('Version 2')
  await expect(guideline.getByRole('listitem').first().getByRole('insertion')).toContainText([
    'every',
  ])

  await rounds.editGuideline(1).click()
  await rounds.markdown.fill('Nothing')
  await app.press('Escape')
  await expect(rounds.markdown).toHaveValue('Nothing')
  await guideline.getByRole('button', { name: 'Really leave what you wrote?' }).click()
  await expect(guideline).toContainText('of every door')
})

test('a guideline may have tables', async ({ app, host }) => {
  const { rounds } = app
  const markdown = '| say | not |\n| --- | --- |\n| what is seen | what is meant |'
  await host.client.rounds.saveGuideline({ round: 1, baseVersion: 0, markdown })
  await app.open('/rounds')
  const table = rounds.guideline(1).getByRole('table')
  await expect(table.getByRole('columnheader')).toHaveText(['say', 'not'])
  await expect(table.getByRole('cell')).toHaveText(['what is seen', 'what is meant'])
})

test('a guideline that somebody else changed is not overwritten unseen', async ({ app, host }) => {
  const { rounds } = app
  const { client } = host
  await client.rounds.saveGuideline({ round: 1, baseVersion: 0, markdown: 'Say the colour.' })
  await app.open('/rounds')
  await rounds.editGuideline(1).click()
  await rounds.markdown.fill('Say the colour and the size.')
  await client.rounds.saveGuideline({ round: 1, baseVersion: 1, markdown: 'Say the hue.' })
  await expect(rounds.overtaken).toContainText('saved version 2 meanwhile')
  await app.press('ControlOrMeta+Enter')
  await expect(rounds.overtaken).toBeVisible()
  expect(await client.rounds.guideline({ round: 1 })).toMatchObject({ version: 2 })
  await rounds.overtaken.getByRole('button', { name: 'Keep my text' }).click()
  await rounds.guideline(1).getByRole('button', { name: 'Save as version 3' }).click()
  await expect(rounds.markdown).toBeHidden()
  expect(await client.rounds.guideline({ round: 1 })).toMatchObject({
    version: 3,
    markdown: 'Say the colour and the size.',
  })
})

test('rounds go without a mouse', async ({ app }) => {
  const { rounds } = app
  await app.open()
  await app.library.expectOpen('4 images')
  await app.press('ControlOrMeta+7')
  // It takes no focus before the rounds have come.
  await expect(rounds.start).toBeEnabled()
  await rounds.start.focus()
  await expect(rounds.start).toBeFocused()
  await app.press('Enter')
  await expect(rounds.startDialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await expect(rounds.startDialog).toContainText('2 images would take part.')
  await app.press('Escape')
  await expect(rounds.startDialog).toBeHidden()
  await expect(rounds.start).toBeFocused()

  await app.press('Tab')
  await expect(rounds.settingsOf(1)).toBeFocused()
  await app.press('Tab')
  await expect(rounds.round('1. Round 1').getByRole('link').first()).toBeFocused()
  await app.press('Tab')
  await app.press('Tab')
  await expect(rounds.measures(1)).toBeFocused()
  await app.press('Tab')
  await expect(rounds.editGuideline(1)).toBeFocused()
  await app.press('Enter')
  await expect(rounds.markdown).toBeFocused()
  await app.type('Be true.')
  await app.press('ControlOrMeta+Enter')
  await expect(rounds.guideline(1)).toContainText('version 1')
  await expect(rounds.editGuideline(1)).toBeFocused()
})

test('invited people see rounds and leave them to the owner', async ({ app, host }) => {
  const guest = await invite(host, 'Greta')
  await host.client.rounds.saveGuideline({ round: 1, baseVersion: 0, markdown: 'Say the colour.' })
  await app.page.goto(guest.urlOf('/rounds'))
  await expect(app.rounds.guideline(1)).toContainText('Say the colour.')
  await expect(app.main).toContainText('The owner starts rounds and writes their guidelines.')
  await expect(app.rounds.start).toHaveCount(0)
  await expect(app.rounds.settingsOf(1)).toHaveCount(0)
  await expect(app.rounds.editGuideline(1)).toHaveCount(0)
  // A page of somebody whose link was taken back reports that it is refused.
  await app.page.close()
  await host.client.people.revoke({ name: guest.name })
})
