import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import type { HostProcess } from '../../tools/host-process.ts'
import { expect, test } from './fixtures.ts'
import { findRow, waitForJobs } from './support/core.ts'
import { findFaults } from './support/find-faults.ts'

const STARTER = join(import.meta.dirname, '../../resources/packs/starter/pack.json')
/** A model starts, and looks at a picture for the first time. */
const MODEL_STARTS = { timeout: 90_000 }
/** In one of so many pictures, at least, something that they do not show is found out. */
const TRIED = 12

test.describe('on the sample', () => {
  test.skip(
    !existsSync(STARTER),
    'resources/packs/starter is not built: CHECKS ON THE SAMPLE ARE NOT TESTED.',
  )
  test.describe.configure({ timeout: 240_000 })

  test('a planted fault is marked, shown in the picture and answered by keyboard', async ({
    appOn,
    launch,
  }) => {
    const host = await launch()
    await waitForJobs(host.client)
    const fault = await findFault(host)
    const app = appOn(host)
    const { align } = app
    await app.open(`/align/${fault.imageId}`)
    await align.expectOpen({ name: fault.name, text: /\S/ })
    await app.press('ControlOrMeta+a')
    await app.type(fault.caption)
    const marked = align.editor.locator('.mark-unsupported')
    await expect(marked.first()).toBeVisible(MODEL_STARTS)
    await expect(align.marks).toContainText('Checked against the picture', MODEL_STARTS)
    await align.expectRead()

    // Marks about the wording may come first.
    await app.press('ControlOrMeta+Home')
    const asked = align.marks.locator('[data-look="unsupported"]')
    await expect(async () => {
      await app.press('F8')
      await expect(asked).toContainText(fault.words, { timeout: 1_000 })
    }).toPass(MODEL_STARTS)
    await expect(asked).toContainText('Not seen here')
    const frame = align.picture.locator('.evidence-unsupported')
    await expect(frame).toHaveText(fault.words)
    await marked.filter({ hasText: fault.words }).first().hover()
    await expect(align.picture.locator('.evidence small')).toHaveText(/\S/)
    expect(await findFaults(app.page)).toEqual([])

    await app.press('Alt+c')
    const places = align.picture.getByRole('list', { name: 'Where the caption was looked for' })
    await expect(places.getByRole('listitem').filter({ hasText: 'not seen here' })).not.toHaveCount(
      0,
    )
    await app.press('ControlOrMeta+.')
    await asked.getByRole('button', { name: 'It is there' }).focus()
    await app.press('Enter')
    await expect(marked.filter({ hasText: fault.words })).toHaveCount(0)
    await expect
      .poll(async () => {
        const { overrides } = await host.client.judgements.get({
          imageId: fault.imageId,
          caption: fault.caption,
        })
        return overrides.map((override) => override.kind === 'verdict' && override.answer)
      })
      .toEqual(['is-there'])
    await app.press('ControlOrMeta+z')
    await expect(marked.filter({ hasText: fault.words })).not.toHaveCount(0)
  })

  test('captions are checked as a job, and the page says how far and how well', async ({
    appOn,
    launch,
  }) => {
    const host = await launch()
    await waitForJobs(host.client)
    const { hash } = await findRow(host.client, 'scene-00005.jpg')
    const app = appOn(host)
    await app.open(`/library?${new URLSearchParams({ q: `hash:${hash}` }).toString()}`)
    await expect(app.library.count).toHaveText('1 matches')
    await app.press('k')
    await expect(app.notices).toContainText('Captions are being checked')
    await app.press('Alt+Shift+c')
    await expect(app.main.getByRole('heading', { name: 'Checks', level: 1 })).toBeVisible()
    const progress = app.main.getByRole('status').filter({ hasText: 'captions are checked' })
    await expect(progress).toContainText(/^1 of 240/, MODEL_STARTS)
    await expect(app.main.getByRole('listitem', { name: 'Things' })).toContainText('labelled units')

    const other = app.main.getByRole('checkbox', { name: /^Other words/ })
    await other.press('Space')
    await expect(other).not.toBeChecked()
    await expect
      .poll(async () => (await host.client.checks.status()).signals.filter(({ isOn }) => !isOn))
      .toMatchObject([{ name: 'swap' }])
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await findFaults(app.page), colorScheme).toEqual([])
    }
    await app.main.getByRole('button', { name: 'What the marks mean' }).press('Enter')
    await expect(app.page.getByRole('dialog', { name: 'What the marks mean' })).toContainText(
      'Not supported',
    )
  })
})

test('where no model fits, the page and the caption say so quietly', async ({ app, project }) => {
  const [row] = await project.fill([{ name: 'iguana.png', alt: 'An iguana on a branch.' }])
  await app.open('/checks')
  await expect(app.main.getByRole('button', { name: 'Go to Models' })).toBeVisible()
  expect(await findFaults(app.page)).toEqual([])
  await app.open(`/align/${row?.id ?? 0}`)
  await app.align.expectOpen({ name: 'iguana.png', text: 'An iguana on a branch.' })
  await expect(app.align.marks).toContainText('Not checked against the picture')
  await app.align.marks.getByRole('button', { name: 'Models' }).press('Enter')
  await expect(app.main.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible()
})

interface FoundFault {
  readonly imageId: ImageId
  readonly name: string
  readonly caption: string
  /** What the picture does not show. */
  readonly words: string
}

/** Hardly a picture of the sample has two of these. */
const PLANTED = 'A castle and a bicycle stand here. A cow and a snowman are beside a large truck.'

/** The first picture of the sample for which the checks find one of the planted things out, at a place of it. */
async function findFault(host: HostProcess): Promise<FoundFault> {
  const lines = (await readFile(join(sampleFolder(), 'truth.jsonl'), 'utf8')).split('\n')
  for (const line of lines.slice(0, TRIED)) {
    const { file_name, caption: truth } = JSON.parse(line) as { file_name: string; caption: string }
    const name = file_name.replace(/^.*\//u, '')
    const { id } = await findRow(host.client, name)
    const asked = { imageId: id, caption: PLANTED }
    await host.client.checks.run(asked)
    const { verdicts } = await host.client.judgements.get(asked)
    const words = verdicts
      .filter(({ status, region }) => status === 'unsupported' && region !== null)
      .map(({ start, end }) => PLANTED.slice(start, end))
      .find((one) => !truth.toLowerCase().includes(one))
    if (words !== undefined) return { ...asked, name, words }
  }
  throw new Error(`In none of ${TRIED} pictures was a planted thing found out.`)
}
