import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import type { Client } from '../src/main/http/rpc-client.ts'
import type { LibraryRow } from '../src/shared/contract/library.ts'
import { DEFAULT_SORT } from '../src/shared/domain/sort.ts'
import { ensureBuild } from './build.ts'
import { findInstalledBrowser } from './find-browser.ts'
import { startHostProcess, type HostProcess } from './host-process.ts'
import { ROOT } from './package-root.ts'

const PICTURES = join(ROOT, 'docs', 'guide', 'pictures')
const MAX_BYTES = 200_000
const SIZE = { width: 1440, height: 900 }
const WAIT_MS = 60_000
const SAMPLE = join(ROOT, 'resources', 'sample')

interface Shot {
  readonly name: string
  readonly take: (scene: Scene) => Promise<void>
  readonly isDark?: boolean
}

interface Scene {
  readonly page: Page
  readonly host: HostProcess
  readonly go: (path: string) => Promise<void>
  readonly stars: Stars
}

/** The images that the pictures of Align show. */
interface Stars {
  readonly edited: LibraryRow
  readonly contested: LibraryRow
}

const SHOTS: readonly Shot[] = [
  { name: 'library', take: showLibrary },
  { name: 'library-dark', take: showTable, isDark: true },
  { name: 'query', take: showQuery },
  { name: 'align', take: showAlign },
  { name: 'conflict', take: showConflict },
  { name: 'import', take: showImport },
  { name: 'export', take: showExport },
  { name: 'jobs', take: showJobs },
  { name: 'keys', take: showKeys },
]

/** `npm run guide-pictures [-- NAME...]`: takes the pictures of the user guide anew, from the bundled sample. */
async function main(names: readonly string[]): Promise<void> {
  await ensureBuild()
  const data = await mkdtemp(join(tmpdir(), 'realign-guide-'))
  const host = await startHostProcess({ env: { REALIGN_DATA: data, REALIGN_LOG: 'warn' } })
  const browser = await launchBrowser()
  try {
    const stars = await prepareSample(host.client)
    await mkdir(PICTURES, { recursive: true })
    for (const shot of SHOTS) {
      if (names.length === 0 || names.includes(shot.name))
        await takeShot(browser, shot, host, stars)
    }
  } finally {
    await browser.close()
    await host.stop()
    await rm(data, { recursive: true, force: true })
  }
}

function launchBrowser(): Promise<Browser> {
  const executablePath = findInstalledBrowser({ platform: process.platform, env: process.env })
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-gpu', '--font-render-hinting=none'],
  })
}

async function takeShot(
  browser: Browser,
  { name, take, isDark = false }: Shot,
  host: HostProcess,
  stars: Stars,
): Promise<void> {
  await host.client.settings.set({ libraryLayout: 'grid' })
  const context = await browser.newContext({
    viewport: SIZE,
    colorScheme: isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(WAIT_MS)
  try {
    const page = await context.newPage()
    await page.goto(host.url)
    const go = async (path: string): Promise<void> => {
      await page.goto(`${host.origin}${path}`)
    }
    await take({ page, host, go, stars })
    await page.evaluate(settle)
    await save(name, await page.screenshot({ animations: 'disabled', caret: 'initial' }))
  } finally {
    await context.close()
  }
}

/** Runs in the page: waits for fonts, pictures, and what is drawn after them. */
async function settle(): Promise<void> {
  await document.fonts.ready
  await Promise.all(
    [...document.images]
      .filter((picture) => picture.checkVisibility() && picture.src !== '')
      .map((picture) => picture.decode().catch(() => undefined)),
  )
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

/** With as many colours as fit the limit. */
async function save(name: string, screenshot: Buffer): Promise<void> {
  const path = join(PICTURES, `${name}.png`)
  for (const colours of [256, 160, 96]) {
    const png = sharp(screenshot).png({ palette: true, colours, effort: 10, dither: 0.5 })
    await writeFile(path, await png.toBuffer())
    if ((await stat(path)).size <= MAX_BYTES) break
  }
  const { size } = await stat(path)
  process.stdout.write(`${name}.png: ${Math.round(size / 1000)} kB\n`)
  if (size > MAX_BYTES) throw new Error(`${name}.png takes more than ${MAX_BYTES} bytes.`)
}

/** Lets the sample look as after a few days of work. */
async function prepareSample(client: Client): Promise<Stars> {
  await waitForJobs(client)
  await client.settings.set({ personName: 'Mira' })
  const { rows } = await client.library.page({
    query: '',
    sort: DEFAULT_SORT,
    position: 0,
    limit: 500,
  })
  const captions = await readTrueCaptions()
  const early = rows.slice(0, 70)
  for (const [index, row] of early.entries()) {
    if (index % 7 === 3) continue
    const text = captions.get(row.name) ?? row.text
    await client.align.submit({ imageId: row.id, baseRevisionId: null, text })
  }
  for (const [status, rests] of [
    ['accepted', [0, 1, 4, 5]],
    ['returned', [6]],
  ] as const) {
    const ids = early.filter((_, index) => rests.some((rest) => rest === index % 7))
    const selection = { kind: 'ids' as const, ids: ids.map((row) => row.id) }
    await client.library.setStatus({ selection, status })
  }
  for (const [tag, query] of [
    ['animals', 'caption:dog* OR caption:cat* OR caption:rabbit* OR caption:poodle*'],
    ['traffic', 'caption:car* OR caption:bus* OR caption:truck*'],
    ['night', 'caption:night'],
  ] as const) {
    const selection = { kind: 'query' as const, query, except: [] }
    await client.library.setTag({ selection, tag, on: true })
  }
  // Daytime scenes in the open with several alt-texts, the one whose first text is worth keeping most in front.
  const [edited, contested] = rows
    .slice(early.length)
    .filter((row) => row.altCount > 1 && /meadow|green hills/.test(captions.get(row.name) ?? ''))
    .map((row) => ({ row, shared: countShared(row.text, captions.get(row.name) ?? '') }))
    .sort((left, right) => right.shared - left.shared)
    .map(({ row }) => row)
  if (edited === undefined || contested === undefined) {
    throw new Error('The sample holds no images for the pictures of Align.')
  }
  return { edited, contested }
}

function countShared(left: string, right: string): number {
  const words = new Set(right.toLowerCase().match(/\w+/g))
  return [...new Set(left.toLowerCase().match(/\w+/g))].filter((word) => words.has(word)).length
}

async function waitForJobs(client: Client): Promise<void> {
  const endAt = Date.now() + 2 * WAIT_MS
  while (Date.now() < endAt) {
    const jobs = await client.jobs.list({})
    if (jobs.length > 1 && jobs.every((job) => job.state === 'done')) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('The sample was not imported in time.')
}

async function readTrueCaptions(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(SAMPLE, 'truth.jsonl'), 'utf8')
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly file_name: string; readonly caption: string })
  return new Map(rows.map((row) => [row.file_name.replace(/^.*\//, ''), row.caption]))
}

async function showLibrary({ page }: Scene): Promise<void> {
  await waitForPictures(page)
  for (const key of ['ArrowRight', 'Space', 'ArrowRight', 'Space', 'ArrowRight', 'Space']) {
    await page.keyboard.press(key)
  }
  await page.getByText('3 selected').waitFor()
}

async function showTable({ page, go }: Scene): Promise<void> {
  await go('/library?q=status%3Aaccepted%2Csubmitted+tag%3Aanimals')
  await waitForPictures(page)
  await page.keyboard.press('l')
  await page.getByRole('columnheader', { name: 'Name' }).waitFor()
  await waitForPictures(page)
}

async function showQuery({ page, go }: Scene): Promise<void> {
  await go('/library?q=status%3Atodo')
  await waitForPictures(page)
  await page.keyboard.press('/')
  await page.keyboard.press('End')
  await page.keyboard.type(' has:')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
}

async function showAlign({ page, go, stars: { edited }, host }: Scene): Promise<void> {
  const text = (await readTrueCaptions()).get(edited.name) ?? edited.text
  const first = text.slice(0, text.indexOf('.', text.indexOf('.') + 1) + 1)
  await host.client.align.submit({ imageId: edited.id, baseRevisionId: null, text: first })
  await openAlign({ page, go, star: edited })
  await page.keyboard.type(text.slice(first.length))
  await page.getByRole('banner').getByText('Saved', { exact: true }).waitFor()
}

async function showConflict({ page, go, host, stars: { contested } }: Scene): Promise<void> {
  const text = (await readTrueCaptions()).get(contested.name) ?? contested.text
  const short = text.slice(0, text.indexOf('.') + 1)
  await openAlign({ page, go, star: contested })
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(short)
  await page.getByRole('banner').getByText('Saved', { exact: true }).waitFor()
  await page.context().setOffline(true)
  await page.keyboard.type(' Nobody is there.')
  await page.getByText('Not saved, retrying').waitFor()
  await host.client.align.submit({ imageId: contested.id, baseRevisionId: null, text })
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Keep mine' }).waitFor()
  await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor({ state: 'hidden' })
  await page.getByRole('region', { name: 'Rounds' }).waitFor()
}

async function showImport({ page, go }: Scene): Promise<void> {
  await go(`/import?${new URLSearchParams({ path: join(SAMPLE, 'metadata.jsonl') }).toString()}`)
  await page.getByRole('region', { name: 'First rows of the table' }).waitFor()
  await showPath(page.getByRole('textbox', { name: 'Source' }), '~/scenes/metadata.jsonl')
}

async function showExport({ page, go }: Scene): Promise<void> {
  await go('/export?q=status%3Aaccepted')
  await page.getByRole('region', { name: /^Start of/ }).waitFor()
  await page.getByRole('textbox', { name: 'Target folder' }).fill('~/exports/scenes-round-1')
}

async function showJobs({ page, go }: Scene): Promise<void> {
  await go('/jobs')
  await page.getByRole('heading', { name: 'Make thumbnails' }).waitFor()
}

async function showKeys({ page }: Scene): Promise<void> {
  await waitForPictures(page)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
}

async function openAlign({
  page,
  go,
  star,
}: Pick<Scene, 'page' | 'go'> & { readonly star: LibraryRow }): Promise<void> {
  await go(`/align/${star.id}`)
  await pictureOf(page, star).waitFor()
  await page.getByRole('textbox', { name: 'Caption' }).press('ControlOrMeta+End')
}

function pictureOf(page: Page, { name }: LibraryRow): Locator {
  return page.getByRole('region', { name: 'Picture' }).getByText(name).first()
}

async function waitForPictures(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Images' }).waitFor()
  await page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll<HTMLImageElement>('[role="grid"] img')].filter(
      (picture) => picture.checkVisibility(),
    )
    return pictures.length > 3 && pictures.every((picture) => picture.complete)
  })
}

/** Shows a path as a reader has one in place of this machine's, for the picture only. */
async function showPath(field: Locator, path: string): Promise<void> {
  await field.evaluate((element, shown) => {
    if (element instanceof HTMLInputElement) element.value = shown
  }, path)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exitCode = 1
}
