import { expect, test } from './fixtures.ts'
import { numberedImages } from './support/source.ts'

test.describe('writing systems', () => {
  for (const { language, steps, text } of [
    { language: 'Japanese', steps: ['に', 'にほ', 'にほん', '日本'], text: '日本' },
    { language: 'Chinese', steps: ['h', 'ho', 'hong', '红'], text: '红' },
    { language: 'Korean', steps: ['ㅎ', '하', '한'], text: '한' },
  ]) {
    test(`${language} is composed without losing or doubling anything`, async ({
      app,
      host,
      page,
      project,
    }) => {
      const [row] = await project.fill(numberedImages(2))
      await app.open(`/align/${row?.id ?? 0}`)
      const { editor } = app.align
      await app.align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
      await expect(editor).toBeFocused()
      await app.press('ControlOrMeta+a')
      await app.press('Delete')
      await app.type('A sign: ')
      const session = await page.context().newCDPSession(page)
      for (const step of steps) {
        await session.send('Input.imeSetComposition', {
          text: step,
          selectionStart: step.length,
          selectionEnd: step.length,
        })
        // Marks and diffs redraw while the word is still being composed.
        await expect(editor).toHaveText(`A sign: ${step}`)
      }
      await session.send('Input.insertText', { text })
      await app.type('!')
      await expect(editor).toHaveText(`A sign: ${text}!`)
      await app.align.expectSaved()
      const image = await host.client.align.get({ imageId: row?.id ?? failNoImage() })
      expect(image.draft?.text).toBe(`A sign: ${text}!`)
    })
  }

  test('right-to-left lines run from the right, left-to-right ones beside them do not', async ({
    app,
    host,
    page,
    project,
  }) => {
    const [row] = await project.fill(numberedImages(1))
    await app.open(`/align/${row?.id ?? 0}`)
    await app.align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })
    await expect(app.align.editor).toBeFocused()
    await app.press('ControlOrMeta+a')
    await app.type('قطة سوداء على أريكة')
    await app.press('Enter')
    await app.type('A black cat on a sofa')
    const readDirections = () =>
      page
        .locator('.cm-content .cm-line')
        .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction))
    await expect.poll(readDirections).toEqual(['rtl', 'ltr'])
    await app.align.expectSaved()
    const image = await host.client.align.get({ imageId: row?.id ?? failNoImage() })
    expect(image.draft?.text).toBe('قطة سوداء على أريكة\nA black cat on a sofa')
  })
})

function failNoImage(): never {
  throw new Error('Expected an imported image.')
}
