import type { Page } from '@playwright/test'

/** As uneven as typing is: most gaps within a word are short, and in some the screen takes in what was found. */
const GAPS_MS = [70, 90, 180, 70, 110, 260] as const
const CARET_STEPS_BACK = 40

/** Puts a text in place of what the editor of a page holds, and the caret inside it. */
export async function fillEditor(page: Page, text: string): Promise<void> {
  await page.bringToFront()
  await page.getByRole('textbox', { name: 'Caption' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
  for (let back = 0; back < CARET_STEPS_BACK; back += 1) await page.keyboard.press('ArrowLeft')
}

/** Presses keys as a person does, and answers the milliseconds from each press to its paint; the first ones warm up. */
export async function typeKeys(
  page: Page,
  { keys, warmUp }: { readonly keys: number; readonly warmUp: number },
): Promise<readonly number[]> {
  await page.bringToFront()
  await page.evaluate(recordKeys)
  for (let key = 0; key < keys + warmUp; key += 1) {
    await page.keyboard.press(key % 6 === 5 ? 'Space' : 'e')
    await page.waitForTimeout(GAPS_MS[key % GAPS_MS.length] ?? 0)
  }
  const times = await page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes)
  return times.slice(warmUp)
}

/** Notes for each key how long it took from the press until the frame that shows it was painted. */
function recordKeys(): void {
  const times: number[] = []
  const page = window as unknown as { keyTimes: number[]; noteKey?: (event: Event) => void }
  if (page.noteKey !== undefined) window.removeEventListener('keydown', page.noteKey, true)
  page.keyTimes = times
  page.noteKey = (event) => {
    requestAnimationFrame(() => {
      // A message is handled after the paint that follows the frame's callbacks.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        times.push(performance.now() - event.timeStamp)
      }
      port2.postMessage(null)
    })
  }
  window.addEventListener('keydown', page.noteKey, true)
}
