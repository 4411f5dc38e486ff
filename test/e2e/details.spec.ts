import type { Detail } from '../../src/shared/contract/judgements.ts'
import { storeDetails } from '../support/stored-details.ts'
import { expect, test } from './fixtures.ts'

const ALT = 'A dog stands beside a car.'

const COLOUR: Detail = {
  ...{ id: 'colour car', kind: 'colour', phrase: 'an orange car', probability: 0.9 },
  ...{ region: { x: 0.5, y: 0.4, width: 0.4, height: 0.4 }, source: 'The pixels there' },
  instead: { words: 'a car', occurrence: 0, insert: 'an orange car' },
}
const PART: Detail = {
  ...{ id: 'region at the top left', kind: 'region', phrase: 'something at the top left' },
  ...{ probability: 0.85, region: { x: 0.1, y: 0.1, width: 0.2, height: 0.2 } },
  ...{ source: 'Something stands out here', instead: null },
}

test('a colour goes to its thing, and a part without a word is shown and dismissed', async ({
  app,
  project,
}) => {
  const [row] = await project.fill([{ name: 'dog.png', alt: ALT }])
  if (row === undefined) throw new Error('Nothing was imported.')
  storeDetails(project.folder, { imageHash: row.hash, text: ALT, details: [COLOUR, PART] })
  await app.open(`/align/${row.id}`)
  await app.align.expectOpen({ name: 'dog.png', text: ALT })
  await app.align.expectRead()
  const chips = app.align.details.getByRole('listitem')
  await expect(chips).toHaveCount(2)

  await app.press('Alt+1')
  await expect(app.align.editor).toHaveText('A dog stands beside an orange car.')
  await expect(chips).toHaveCount(1)
  await app.align.expectRead()

  const part = app.align.details.getByRole('button', { name: /^something at the top left/ })
  await app.press('Alt+1')
  await expect(part).toHaveAttribute('aria-pressed', 'true')
  await expect(app.align.picture.locator('.evidence-detail')).toHaveText(PART.phrase)
  await expect(app.align.editor).toHaveText('A dog stands beside an orange car.')
  await app.press('Alt+1')
  await expect(app.align.picture.locator('.evidence-detail')).toBeHidden()

  await app.press('Alt+Shift+Backspace')
  await expect(app.align.details).toBeHidden()
  await app.press('ControlOrMeta+z')
  await expect(part).toBeVisible()
  await app.press('Alt+Shift+Backspace')
  await expect(app.align.details).toBeHidden()
  await app.align.expectSaved()
  await app.page.reload()
  await app.align.expectOpen({ name: 'dog.png', text: 'A dog stands beside an orange car.' })
  await app.align.expectRead()
  await expect(app.align.details).toBeHidden()
})
