import type { BrowserContext, Page } from '@playwright/test'

interface Jitter {
  /** Longest delay of each way, in milliseconds. */
  readonly maxMs: number
  readonly seed: number
}

/** Longest delay of a request on its way and of its answer on the way back; 0 leaves the network as it is. */
const JITTER_MS = readNumber('REALIGN_E2E_JITTER')
/** How many times slower the page's thread is; 0 leaves it as it is. */
const THROTTLE = readNumber('REALIGN_E2E_THROTTLE')
/** How many times longer tests wait, so that what fails on a slowed page is a race and no lack of time. */
export const PATIENCE = JITTER_MS > 0 || THROTTLE > 0 ? 3 : 1

/**
 * Makes every page of the context slow in an even less even way than a busy machine, so that what only works because
 * answers are fast fails. Does nothing where neither REALIGN_E2E_JITTER nor REALIGN_E2E_THROTTLE is set.
 */
export async function slowDown(context: BrowserContext): Promise<void> {
  if (JITTER_MS > 0) {
    const seed = readNumber('REALIGN_E2E_SEED') || Math.floor(Math.random() * 2 ** 31)
    await context.addInitScript(delayCalls, { maxMs: JITTER_MS, seed })
  }
  if (THROTTLE > 0) {
    const throttle = (page: Page): void => {
      // A page that closed meanwhile needs no throttle.
      void throttlePage(context, page).catch(() => undefined)
    }
    context.on('page', throttle)
  }
}

async function throttlePage(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
}

/**
 * Runs in the page. Each call waits by itself, so calls and answers overtake each other as on a real network. What is
 * sent while the page goes is left alone: nobody would be there to send it later. Events come when they come.
 */
function delayCalls({ maxMs, seed }: Jitter): void {
  let state = seed
  // Mulberry32.
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const wait = (): Promise<void> =>
    new Promise((resolve) => window.setTimeout(resolve, random() * maxMs))
  const send = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, window.location.href)
    const isCall = url.pathname.startsWith('/rpc/') && !url.pathname.startsWith('/rpc/events/')
    if (!isCall || init?.keepalive === true) return send(input, init)
    await wait()
    const answer = await send(input, init)
    await wait()
    return answer
  }
}

function readNumber(name: string): number {
  const text = process.env[name] ?? ''
  const value = Number(text)
  if (!(value >= 0)) throw new Error(`${name} is "${text}", where a number is expected.`)
  return value
}
