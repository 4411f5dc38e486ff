import { expect, test } from './fixtures.ts'
import { numberedImages } from './support/source.ts'

const COUNT = 30
const STEPS = 60

test('typing between fast steps never lands in another image', async ({ app, host, project }) => {
  test.slow()
  const rows = await project.fill(numberedImages(COUNT))
  const { align } = app
  await app.open()
  await expect(app.library.count).toHaveText(`${COUNT} images`)
  await app.press('Enter')
  await align.expectOpen({ name: 'scene-001.png', text: 'picture number 001' })

  const random = createRandom(20_261_121)
  for (let step = 0; step < STEPS; step += 1) {
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
