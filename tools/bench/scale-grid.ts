import { chromium, type Browser, type Page } from '@playwright/test'
import { findInstalledBrowser } from '../find-browser.ts'
import { startHostProcess } from '../host-process.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow } from './host-cases.ts'
import { readPeakMegabytes } from './process-memory.ts'
import { quantile } from './statistics.ts'
import { createRandom, makeText } from './synthetic-words.ts'

const JUMPS = 60
const FLING_MS = 2_000
const FLINGS = 3
/** A frame at 60 Hz, and a half of the next one: later than that, one was left out. */
const DROPPED_MS = 25
const VIEWPORT = { width: 1440, height: 900 }
/** A fling passes 120 pixels a frame. */
const BARE_LINES = 600

/** The library's table in a browser: any jump of the scroll bar until all lines in view have their names, and a fling. */
export async function benchGrid(options: {
  readonly project: string
  readonly dataFolder: string
  readonly size: number
}): Promise<BenchRow[]> {
  const host = await startHostProcess({
    args: ['--project', options.project],
    env: { REALIGN_DATA: options.dataFolder, REALIGN_LOG: 'warn' },
  })
  const executablePath = findInstalledBrowser({ platform: process.platform, env: process.env })
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...(executablePath === null ? {} : { executablePath }),
  })
  try {
    await host.client.settings.set({ libraryLayout: 'table' })
    const page = await browser.newPage({ viewport: VIEWPORT })
    await page.goto(host.url)
    await page.locator('[role="row"][aria-rowindex="2"]').waitFor()
    const random = createRandom(5)
    const jumps: number[] = []
    for (let jump = 0; jump < JUMPS; jump += 1) {
      jumps.push(await page.evaluate(timeJump, random()))
      await page.waitForTimeout(150)
    }
    const flings = await flingInTurns(page, await openBareGrid(browser))
    const renderer = await readRendererMegabytes(browser)
    const peak = readPeakMegabytes(host.pid)
    return [
      plainRow('scale.grid-jump.p50', quantile(jumps, 0.5), 'ms'),
      plainRow('scale.grid-jump.p95', quantile(jumps, 0.95), 'ms'),
      flings,
      ...(renderer === null ? [] : [plainRow('scale.renderer-memory', renderer, 'MB')]),
      ...(peak === null ? [] : [plainRow('scale.host-memory-browsed', peak, 'MB')]),
    ]
  } finally {
    await browser.close()
    await host.stop()
  }
}

/** Runs in the page: milliseconds until a frame in which lines with names fill the view. */
function timeJump(share: number): Promise<number> {
  const grid = document.querySelector('[role="grid"]')
  if (grid === null) throw new Error('Expected the grid of the library.')
  const startedAt = performance.now()
  grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight)
  const isFilled = (): boolean => {
    const view = grid.getBoundingClientRect()
    const top = grid.querySelector('.table-header')?.getBoundingClientRect().bottom ?? view.top
    const bottom = view.top + grid.clientHeight
    let coveredPx = 0
    for (const row of grid.querySelectorAll('[role="row"][aria-selected]')) {
      const box = row.getBoundingClientRect()
      if (!row.checkVisibility() || box.bottom <= top + 1 || box.top >= bottom - 1) continue
      if ((row.querySelector('[aria-colindex="2"]')?.textContent ?? '') === '') return false
      coveredPx += Math.min(box.bottom, bottom) - Math.max(box.top, top)
    }
    return bottom - top - coveredPx < 2
  }
  return new Promise((resolve) => {
    const look = (): void => {
      // The scroll itself is only seen in the frame after it.
      if (isFilled()) setTimeout(() => resolve(performance.now() - startedAt))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(() => requestAnimationFrame(look))
  })
}

/**
 * How many frames a fling leaves out, and how many a page of plain cells that are all there leaves out in the same
 * browser. The ratio is of frames that were drawn, since there may be none that were left out.
 */
async function flingInTurns(page: Page, bare: Page): Promise<BenchRow> {
  const gaps: number[] = []
  const bareGaps: number[] = []
  for (let turn = 0; turn < FLINGS; turn += 1) {
    for (const [one, all] of [
      [page, gaps],
      [bare, bareGaps],
    ] as const) {
      await one.bringToFront()
      all.push(...(await fling(one)))
    }
  }
  const dropped = shareDropped(gaps)
  const limit = shareDropped(bareGaps)
  return {
    ...plainRow('scale.fling-dropped', dropped * 100, '%'),
    limit: limit * 100,
    ratio: limit === 1 ? null : (1 - dropped) / (1 - limit),
  }
}

function shareDropped(gaps: readonly number[]): number {
  return gaps.filter((gap) => gap > DROPPED_MS).length / gaps.length
}

/** As many lines as a fling passes, of the size and with the number of cells of the library's table, and nothing else. */
async function openBareGrid(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT })
  const random = createRandom(9)
  const line = (index: number): string => {
    const text = makeText(random, 20)
    const cells = [String(index), `${index}.jpg`, text, 'Todo', '1', '640 × 480', 'tag', '1 d']
    return `<div class="line">${cells.map((cell) => `<div>${cell}</div>`).join('')}</div>`
  }
  const lines = Array.from({ length: BARE_LINES }, (_, index) => line(index))
  await page.setContent(`<!doctype html><style>
    body { margin: 0; font: 13px sans-serif }
    [role=grid] { height: 100vh; overflow: auto; background: #fff }
    .line { display: grid; box-sizing: border-box; height: 56px; border-bottom: 1px solid #ddd; align-items: center;
      grid-template-columns: 84px 1.3fr 4fr 108px 58px 108px 1fr 108px; contain: strict }
  </style><div role="grid">${lines.join('')}</div>`)
  return page
}

/** Milliseconds between the frames of a long, fast scroll. */
function fling(page: Page): Promise<readonly number[]> {
  return page.evaluate((durationMs) => {
    const grid = document.querySelector('[role="grid"]')
    if (grid === null) throw new Error('Expected the grid of the library.')
    const gaps: number[] = []
    const startedAt = performance.now()
    return new Promise<readonly number[]>((resolve) => {
      const step = (last: number) => (now: number) => {
        gaps.push(now - last)
        if (now - startedAt > durationMs) {
          resolve(gaps.slice(1))
          return
        }
        grid.scrollTop += 120
        requestAnimationFrame(step(now))
      }
      grid.scrollTop = 0
      requestAnimationFrame(step(performance.now()))
    })
  }, FLING_MS)
}

async function readRendererMegabytes(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => readPeakMegabytes(id))
  return sizes.reduce((most, size) => (size === null ? most : Math.max(most ?? 0, size)), null)
}
