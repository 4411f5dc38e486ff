import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import { ensureBuild } from './build.ts'
import { findInstalledBrowser } from './find-browser.ts'
import { ALIGN_SHOTS } from './guide/align-shots.ts'
import { prepareSampleWork, type SampleWork } from './guide/sample-work.ts'
import { ROUNDS_SHOT, SCREEN_SHOTS } from './guide/screen-shots.ts'
import type { Shot } from './guide/shot.ts'
import { startHostProcess, type HostProcess } from './host-process.ts'
import { ROOT } from './package-root.ts'

const PICTURES = join(ROOT, 'docs', 'guide', 'pictures')
const MAX_BYTES = 200_000
const SIZE = { width: 1440, height: 900 }
const MARGIN_PX = 16
const WAIT_MS = 60_000
// What Align needs is imported and written then; it would show in the jobs and the library.
const SHOTS = [...SCREEN_SHOTS, ...ALIGN_SHOTS, ROUNDS_SHOT]

/** `npm run guide-pictures [-- NAME...]`: takes the pictures of the user guide anew, from the bundled sample. */
async function main(names: readonly string[]): Promise<void> {
  await ensureBuild()
  const data = await mkdtemp(join(tmpdir(), 'realign-guide-'))
  const host = await startHostProcess({ env: { REALIGN_DATA: data, REALIGN_LOG: 'warn' } })
  const browser = await launchBrowser()
  try {
    const work = await prepareSampleWork(host)
    await mkdir(PICTURES, { recursive: true })
    for (const shot of SHOTS) {
      if (names.length === 0 || names.includes(shot.name)) {
        await takeShot({ browser, host, work }, shot)
      }
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

interface Studio {
  readonly browser: Browser
  readonly host: HostProcess
  readonly work: SampleWork
}

async function takeShot(
  { browser, host, work }: Studio,
  { name, take, isDark = false, height = SIZE.height }: Shot,
): Promise<void> {
  await host.client.settings.set({ libraryLayout: 'grid' })
  const context = await browser.newContext({
    viewport: { width: SIZE.width, height },
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
    const parts = await take({ page, host, go, work })
    await page.evaluate(settle)
    await save(name, await photograph(page, parts))
  } finally {
    await context.close()
  }
}

/** The smallest picture that holds all parts; the whole window where none are named. */
async function photograph(page: Page, parts: readonly Locator[]): Promise<Buffer> {
  const options = { animations: 'disabled', caret: 'initial' } as const
  if (parts.length === 0) return page.screenshot(options)
  const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter(
    (box) => box !== null,
  )
  const x = Math.min(...boxes.map((box) => box.x)) - MARGIN_PX
  const y = Math.max(0, Math.min(...boxes.map((box) => box.y)) - MARGIN_PX)
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN_PX
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN_PX
  const clip = { x, y, width: Math.min(right, SIZE.width) - x, height: bottom - y }
  return page.screenshot({ ...options, clip })
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

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exitCode = 1
}
