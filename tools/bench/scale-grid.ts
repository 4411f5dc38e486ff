import { chromium, type Browser, type Page } from '@playwright/test'
import { findInstalledBrowser } from '../find-browser.ts'
import { startHostProcess } from '../host-process.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow } from './host-cases.ts'
import { readPeakMegabytes } from './process-memory.ts'
import { quantile } from './statistics.ts'
import { createRandom } from './synthetic-words.ts'

const JUMPS = 60
const FLING_MS = 6_000
/** A frame at 60 Hz, and a half of the next one: later than that, one was left out. */
const DROPPED_MS = 25

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
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(host.url)
    await page.locator('[role="row"][aria-rowindex="2"]').waitFor()
    const random = createRandom(5)
    const jumps: number[] = []
    for (let jump = 0; jump < JUMPS; jump += 1) {
      jumps.push(await page.evaluate(timeJump, random()))
      await page.waitForTimeout(150)
    }
    const gaps = await fling(page)
    const dropped = gaps.filter((gap) => gap > DROPPED_MS).length / gaps.length
    const renderer = await readRendererMegabytes(browser)
    const peak = readPeakMegabytes(host.pid)
    return [
      plainRow('scale.grid-jump.p50', quantile(jumps, 0.5), 'ms'),
      plainRow('scale.grid-jump.p95', quantile(jumps, 0.95), 'ms'),
      plainRow('scale.fling-dropped', dropped * 100, '%'),
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
