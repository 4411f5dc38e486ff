import { expect, test } from './fixtures.ts'
import { findRow } from './support/core.ts'

const SKY = 'The sky is clear and blue.'
const DOG = 'A brown dog runs along the wet sand.'

test.beforeEach(async ({ app, host, project }) => {
  await project.fill([{ name: 'beach.png', alt: `${SKY} ${DOG}` }])
  const { id } = await findRow(host.client, 'beach.png')
  await app.open(`/align/${id}`)
  await app.align.expectOpen({ name: 'beach.png', text: `${SKY} ${DOG}` })
})

test('a sentence that moved and words that came are told apart', async ({ app }) => {
  const { align } = app
  await app.press('ControlOrMeta+a')
  await app.type(`${DOG} ${SKY} Two kites fly.`)
  const came = align.difference.getByRole('insertion')
  await expect(came.filter({ hasText: SKY })).toHaveAttribute('title', 'moved to here')
  await expect(came.filter({ hasText: 'Two kites fly' })).toBeVisible()
  await expect(align.difference).toContainText('−0 +3 words, 1 sentence moved')
})

test('keys choose the layout and the text to compare with', async ({ app }) => {
  const { align } = app
  await app.press('End')
  await app.type(' Two kites fly.')
  await expect(align.difference.getByRole('insertion')).toHaveText('Two kites fly.')
  await app.press('Alt+v')
  const columns = align.difference.getByRole('table')
  await expect(columns.getByRole('columnheader')).toHaveText(['the anchor', 'the caption'])
  await expect(columns.getByRole('row').last()).toContainText('Two kites fly.')
  await align.expectSaved()
  await app.page.reload()
  await expect(columns).toBeVisible()

  // Submitted, there is one more text to compare with.
  await app.press('ControlOrMeta+Enter')
  await expect(align.rounds).toContainText('Round 1')
  await app.press('Alt+d')
  await expect(align.said).toHaveText('Against the last submitted')
  await expect(align.difference).toContainText('no difference')
  await app.press('Alt+Shift+d')
  await expect(align.said).toHaveText('Against the anchor')
  await app.press('ControlOrMeta+d')
  await expect(align.difference).toBeHidden()
})

test('every word says who wrote it', async ({ app, host }) => {
  const { align } = app
  const { personName } = await host.client.settings.get()
  await app.press('End')
  await app.type(' Two kites')
  await app.press('Alt+w')
  await expect(align.sources.getByRole('listitem')).toHaveText([/alt-text 88%/, /13%/])
  await expect(align.sources).toContainText(personName)
  await expect(align.editor.locator('.tint-human-0').last()).toContainText('kites')
  await expect(align.editor.locator('.tint-alt-0').first()).toContainText('The')
  await app.press('Alt+Shift+w')
  await expect(align.said).toHaveText(`“kites”: ${personName}`)
  await app.press('ControlOrMeta+Home')
  await app.press('Alt+Shift+w')
  await expect(align.said).toHaveText('“The”: alt-text')

  await align.expectSaved()
  await app.page.reload()
  await expect(align.sources).toContainText('alt-text')
  await app.press('Alt+w')
  await expect(align.sources).toBeHidden()
  await expect(align.editor.locator('.tint')).toHaveCount(0)
})

test('the rounds are walked and restored by key', async ({ app }) => {
  const { align } = app
  for (const words of [' One kite.', ' Two kites.']) {
    await app.press('ControlOrMeta+End')
    await app.type(words)
    await app.press('ControlOrMeta+Enter')
    await expect(
      align.rounds.getByRole('insertion').filter({ hasText: words.trim() }),
    ).toBeVisible()
  }
  await app.press('Alt+h')
  const rounds = align.rounds.getByRole('button', { name: /^Round/ })
  await expect(rounds.nth(0)).toBeFocused()
  await expect(rounds.nth(0)).toContainText('−0 +2')
  await app.press('ArrowDown')
  await expect(rounds.nth(1)).toBeFocused()
  await app.press('Enter')
  await expect(rounds.nth(1)).toHaveAttribute('aria-pressed', 'true')
  await expect(align.difference.getByRole('insertion')).toHaveText('Two kites.')
  await app.press('r')
  await expect(align.said).toHaveText('Restored as a new revision')
  await expect(align.editor).toHaveText(`${SKY} ${DOG} One kite.`)
  await expect(align.rounds).toContainText('Restored from round 1')
  await app.press('End')
  await expect(rounds.last()).toBeFocused()
  await expect(rounds.last()).toContainText('the anchor')
})
