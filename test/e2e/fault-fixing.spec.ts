import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sampleFolder } from '../../src/main/base/app-paths.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { findAnchor, type AltOrigin } from '../../src/shared/domain/alt-origin.ts'
import { storeSampleJudgements } from '../support/sample-judgements.ts'
import { expect, test } from './fixtures.ts'
import { findRow, waitForJobs } from './support/core.ts'
import { writeSamplePart } from './support/source.ts'

interface Fault {
  readonly kind: string
  readonly said: string
  readonly truth: string | null
}

interface FaultyImage {
  readonly fileName: string
  readonly text: string
  /** What a picture contradicts, what it shows and the text leaves out, and what is no description. */
  readonly wrong: readonly Fault[]
  readonly missing: readonly Fault[]
  readonly boilerplate: readonly Fault[]
}

const CAPTIONS = 20
const KEYS_PER_FAULT = 3

const SEEN = ['object', 'inserted', 'setting', 'relation', 'count', 'size', 'colour', 'sign-text']
const TAILS = ['boilerplate', 'shop-tail']

test.describe.configure({ timeout: 240_000 })

test('twenty faulty captions are mended by keyboard, with few keys for each fault', async ({
  app,
  folder,
  host,
  project,
}) => {
  const images = await readFaultyImages()
  const source = join(folder, 'source')
  await writeSamplePart(
    source,
    images.map((image) => image.fileName),
  )
  await host.client.imports.start({ path: source })
  await waitForJobs(host.client)
  storeSampleJudgements(project.folder)

  let keys = 0
  let mended = 0
  const press = async (key: string): Promise<void> => {
    keys += 1
    await app.press(key)
  }
  const rows = await Promise.all(images.map((image) => findRow(host.client, image.fileName)))
  const query = `hash:${rows.map((row) => row.hash.slice(0, 16)).join(',')}`
  const { rows: walk } = await host.client.library.page({
    ...{ query, sort: DEFAULT_SORT, position: 0, limit: CAPTIONS },
  })
  await app.open(`/align/${walk[0]?.id ?? 0}?q=${encodeURIComponent(query)}`)
  for (const row of walk) {
    const image = images.find(({ fileName }) => fileName === row.name)
    if (image === undefined)
      throw new Error(`The walk came to ${row.name}, which nobody asked for.`)
    await app.align.expectOpen({ name: image.fileName, text: image.text })
    await app.align.expectRead()

    // What a person does: go to the next mark, do what stands first, and pass over what is only a hint.
    const acted = new Set<string>()
    for (let steps = 0; steps < 12; steps += 1) {
      if (await app.align.noMarks.isVisible()) break
      await press('F8')
      await expect(app.align.currentMark).toBeVisible()
      const { message, look } = await app.align.currentMark.evaluate(readMark)
      if (acted.has(message)) break
      acted.add(message)
      // Hints about style are not what these captions are opened for.
      if (look === 'hint') continue
      const before = await app.align.editor.textContent()
      await press('F9')
      await expect(app.align.editor).not.toHaveText(before ?? '')
      await app.align.expectRead()
    }
    await expect(app.align.details.getByRole('listitem').first()).toBeVisible()
    await press('Alt+1')
    await app.align.expectSaved()

    const text = (await host.client.align.get({ imageId: row.id })).startText
    mended += countMended(image, text)
    await press('ControlOrMeta+Enter')
  }
  await expect(app.notices.getByText('This was the last image here')).toBeVisible()

  const faults = images.reduce(
    (sum, { wrong, boilerplate }) => sum + wrong.length + boilerplate.length + 1,
    0,
  )
  test.info().annotations.push({
    type: 'keys',
    description: `${keys} keys for ${mended} of ${faults} faults: ${(keys / mended).toFixed(2)} each, submitting included`,
  })
  process.stdout.write(`    ${test.info().annotations.at(-1)?.description ?? ''}\n`)
  expect(mended / faults).toBeGreaterThan(0.9)
  expect(keys / mended).toBeLessThanOrEqual(KEYS_PER_FAULT)
})

/** Runs in the page. */
function readMark(mark: Element): { message: string; look: string | null } {
  return { message: mark.textContent, look: mark.getAttribute('data-look') }
}

function countMended(image: FaultyImage, text: string): number {
  const gone = [...image.wrong, ...image.boilerplate].filter(
    ({ said }) => !text.includes(said.trim()),
  )
  const isSaid = image.missing.some(({ truth }) => truth !== null && text.includes(truth))
  return gone.length + (isSaid ? 1 : 0)
}

/** The images of the sample whose anchor has most kinds of faults: a wrong word, a thing unsaid, a tail. */
async function readFaultyImages(): Promise<readonly FaultyImage[]> {
  const lines = await readFile(join(sampleFolder(), 'truth.jsonl'), 'utf8')
  const images = lines.trimEnd().split('\n').map(readFaults)
  return images.toSorted((a, b) => countKinds(b) - countKinds(a)).slice(0, CAPTIONS)
}

function readFaults(line: string): FaultyImage {
  const { file_name: fileName, alts } = JSON.parse(line) as {
    file_name: string
    alts: { text: string; faults: Fault[]; origin: AltOrigin }[]
  }
  const { text = '', faults = [] } = findAnchor(alts) ?? {}
  const of = (kinds: readonly string[]) => faults.filter(({ kind }) => kinds.includes(kind))
  return {
    fileName: fileName.split('/').at(-1) ?? '',
    text,
    wrong: of(SEEN),
    missing: of(['missing']),
    boilerplate: of(TAILS),
  }
}

function countKinds({ wrong, missing, boilerplate }: FaultyImage): number {
  return [wrong, missing, boilerplate].filter((faults) => faults.length > 0).length
}
