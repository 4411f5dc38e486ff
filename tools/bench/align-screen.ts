import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import sharp from 'sharp'
import { mkdir, writeFile } from 'node:fs/promises'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { ensureBuild } from '../build.ts'
import { findInstalledBrowser } from '../find-browser.ts'
import { startHostProcess, type HostProcess } from '../host-process.ts'
import { fillEditor, typeKeys } from './align-keys.ts'
import { openBareEditor } from './bare-editor-page.ts'
import { withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow } from './host-cases.ts'
import { quantile } from './statistics.ts'

const IMAGES = 40
/** The page and the bare editor take turns, so that other work on the machine hits both alike. */
const TURNS = 4
const KEYS = 40
const WARM_UP_KEYS = 8
const LONG_KEYS = 20
const LONG_CAPTION_CHARACTERS = 100_000
const CAPTION_WORDS = 400
const MARKS = 60
const PICTURE_PX = 2_000

/** A frame is drawn as soon as it is ready, so that the wait for the screen's own beat is not measured. */
const BROWSER_ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--disable-frame-rate-limit', '--disable-gpu-vsync'],
]

/**
 * What people feel in Align, in a browser on the built host: milliseconds from a key press to its paint, in a caption
 * of 400 words with 60 marks and in one of 100 KB, held against CodeMirror alone with the same text; and from a step to
 * the next image until its text and its picture are on the screen.
 */
export async function benchAlignScreen(): Promise<BenchRow[]> {
  await ensureBuild()
  return withFolder(async (folder) => {
    const source = join(folder, 'source')
    await writePictures(source)
    const host = await startHostProcess({
      args: ['--project', join(folder, 'project')],
      env: { REALIGN_DATA: join(folder, 'data'), REALIGN_LOG: 'warn' },
    })
    const executablePath = findInstalledBrowser({ platform: process.platform, env: process.env })
    const browser = await chromium.launch({
      args: BROWSER_ARGS,
      ...(executablePath === null ? {} : { executablePath }),
    })
    try {
      await importAll(host, source)
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(host.url)
      const keys = await timeKeys(page, host, join(folder, 'bare'))
      const steps = await timeSteps(page, host)
      return [
        ...keys,
        plainRow('align.next-image.p50', quantile(steps, 0.5), 'ms'),
        plainRow('align.next-image.p95', quantile(steps, 0.95), 'ms'),
      ]
    } finally {
      await browser.close()
      await host.stop()
    }
  })
}

async function timeKeys(page: Page, host: HostProcess, folder: string): Promise<BenchRow[]> {
  const imageId = (await listImages(host))[0]?.id ?? failNoImage()
  await openImage(page, host, imageId)
  const caption = longCaption()
  const { caption: found } = await host.client.text.analyse({ imageId, caption })
  const marks = found.hygiene.length
  if (marks < MARKS) throw new Error(`Expected at least ${MARKS} marks, found ${marks}.`)
  const box = await page.locator('.caption-editor').boundingBox()
  if (box === null) throw new Error('Expected the editor on the screen.')
  const browser = page.context().browser()
  if (browser === null) throw new Error('Expected the browser of the page.')
  const bare = await openBareEditor(browser, { folder, width: box.width, height: box.height })
  try {
    await fillEditor(page, caption)
    await page.waitForFunction(countDrawnMarks, MARKS)
    await fillEditor(bare, caption)
    const usual = await takeTurns({ page, bare, turns: TURNS, keys: KEYS })
    const long = plainWords(LONG_CAPTION_CHARACTERS)
    await fillEditor(page, long)
    await fillEditor(bare, long)
    const longs = await takeTurns({ page, bare, turns: 1, keys: LONG_KEYS })
    return [...keyRows('align.key-to-paint', usual), ...keyRows('align.key-to-paint.100-kb', longs)]
  } finally {
    await bare.close()
  }
}

interface TurnTimes {
  readonly ours: readonly number[]
  readonly bare: readonly number[]
}

async function takeTurns(options: {
  readonly page: Page
  readonly bare: Page
  readonly turns: number
  readonly keys: number
}): Promise<TurnTimes> {
  const ours: number[] = []
  const bare: number[] = []
  for (let turn = 0; turn < options.turns; turn += 1) {
    const counts = { keys: options.keys, warmUp: WARM_UP_KEYS }
    ours.push(...(await typeKeys(options.page, counts)))
    bare.push(...(await typeKeys(options.bare, counts)))
  }
  return { ours, bare }
}

function keyRows(name: string, { ours, bare }: TurnTimes): BenchRow[] {
  return [0.5, 0.95].map((share) => {
    const value = quantile(ours, share)
    const limit = quantile(bare, share)
    return { case: `${name}.p${share * 100}`, value, unit: 'ms', limit, ratio: limit / value }
  })
}

/** Whether as many stretches are underlined as the benchmark is about; the tint of new words is no mark. */
function countDrawnMarks(wanted: number): boolean {
  const marks = document.querySelectorAll('.cm-content :is(.mark-hint, .mark-warning, .mark-error)')
  return marks.length >= wanted
}

async function timeSteps(page: Page, host: HostProcess): Promise<readonly number[]> {
  const images = await listImages(host)
  await openImage(page, host, images[0]?.id ?? 0)
  const times: number[] = []
  for (const image of images.slice(1, -1)) {
    // As a person who reads: what comes next has time to be fetched ahead.
    await page.waitForTimeout(400)
    const wanted = `/media/preview/${image.id}?`
    times.push(await page.evaluate(timeStep, { name: image.name, wanted }))
  }
  return times.slice(3)
}

/** Presses the key of the next image and waits for a frame in which its text and its picture are shown. */
function timeStep({ name, wanted }: { readonly name: string; readonly wanted: string }) {
  const target = document.querySelector('.cm-content')
  const start = performance.now()
  target?.dispatchEvent(
    new KeyboardEvent('keydown', {
      key: 'ArrowDown',
      altKey: true,
      bubbles: true,
      cancelable: true,
    }),
  )
  return new Promise<number>((resolve) => {
    const look = (): void => {
      const facts = document.querySelector('.stage-facts')?.textContent ?? ''
      const picture = document.querySelector<HTMLImageElement>(
        '.stage-layer[data-status="ready"] img',
      )
      const isPicture = picture?.src.includes(wanted) === true && picture.complete
      const text = document.querySelector('.cm-content')?.textContent ?? ''
      if (facts.includes(name) && isPicture && text.includes(name.slice(0, -4))) {
        resolve(performance.now() - start)
      } else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

async function openImage(page: Page, host: HostProcess, imageId: number): Promise<void> {
  await page.goto(`${host.origin}/align/${imageId}`)
  await page.locator('.stage-layer[data-status="ready"] img').first().waitFor()
}

function failNoImage(): never {
  throw new Error('Expected an imported image.')
}

async function listImages(host: HostProcess) {
  const { rows } = await host.client.library.page({
    ...{ query: '', sort: DEFAULT_SORT, position: 0, limit: IMAGES },
  })
  return rows
}

async function importAll(host: HostProcess, path: string): Promise<void> {
  await host.client.imports.start({ path })
  for (;;) {
    const jobs = await host.client.jobs.list({ limit: 10 })
    if (jobs.every((job) => job.state !== 'queued' && job.state !== 'running')) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Noise compresses badly, so that the pictures are as large as photos are. */
async function writePictures(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < IMAGES; index += 1) {
    const name = `picture-${String(index).padStart(2, '0')}`
    const noise = { type: 'gaussian' as const, mean: 90 + index, sigma: 18 }
    const picture = sharp({
      create: { width: PICTURE_PX, height: 1_500, channels: 3, background: '#000', noise },
    })
    await picture.jpeg({ quality: 70 }).toFile(join(folder, `${name}.jpg`))
    await writeFile(join(folder, `${name}.txt`), `${name}: a field of grey noise, without a thing`)
  }
}

/** As many sentences with a double space each as make the marks, and plain ones up to the length. */
function longCaption(): string {
  const marked = Array.from({ length: MARKS }, () => 'A dog  runs.').join(' ')
  const words = CAPTION_WORDS - MARKS * 3
  return `${marked} ${plainSentences(Math.ceil(words / 8))}`
}

function plainWords(characters: number): string {
  return plainSentences(Math.ceil(characters / 38)).slice(0, characters)
}

function plainSentences(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `The cat ${index} sits on a wooden red chair.`,
  ).join(' ')
}
