import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron as electron, expect, test, type Page } from '@playwright/test'
import { findInstalledElectron } from '../../tools/electron-binary.ts'
import { ROOT } from '../../tools/package-root.ts'
import { whyNoShell } from '../../tools/shell-choice.ts'
import { createImportPage } from './pages/import-page.ts'
import { createLibraryPage } from './pages/library-page.ts'

const program = findInstalledElectron()
const reason =
  program === null
    ? "Electron's program is not installed (npm start fetches it where it can be fetched)."
    : whyNoShell({
        platform: process.platform,
        env: process.env,
        isRoot: process.getuid?.() === 0,
        isBrowserWanted: false,
      })

test('the desktop app opens its window, answers, and takes a dropped file', async () => {
  if (program === null || reason !== null) {
    console.warn(`The desktop app is not tested: ${reason ?? ''}`)
    test.skip(true, reason ?? '')
    return
  }
  test.slow()
  const folder = await mkdtemp(join(tmpdir(), 'realign-shell-'))
  const table = join(folder, 'table.csv')
  await writeFile(table, 'file_name,alt\npicture.png,a picture\n')
  const app = await electron.launch({
    executablePath: program,
    args: [ROOT],
    env: { ...process.env, REALIGN_DATA: join(folder, 'data') },
  })
  try {
    const window = await app.firstWindow()
    const library = createLibraryPage(window)
    await expect(library.grid).toBeVisible()
    expect(window.url()).toMatch(/^app:/)
    await expect(library.count).toHaveText('240 images', { timeout: 60_000 })
    await expect.poll(() => library.countPictures(), { timeout: 30_000 }).toBeGreaterThan(5)
    expect(await window.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined')

    await dropFile(window, table)
    await expect(createImportPage(window).source).toHaveValue(table)
  } finally {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
})

/** Drops a file as a file manager does. Only a file that a field was given has a path behind it. */
async function dropFile(window: Page, path: string): Promise<void> {
  const field = await window.evaluateHandle(() => {
    const input = document.createElement('input')
    input.type = 'file'
    document.body.append(input)
    return input
  })
  await field.setInputFiles(path)
  await field.evaluate((input) => {
    const [file] = input.files ?? []
    const dataTransfer = new DataTransfer()
    if (file !== undefined) dataTransfer.items.add(file)
    input.remove()
    const options = { dataTransfer, bubbles: true, cancelable: true }
    document.body.dispatchEvent(new DragEvent('dragover', options))
    document.body.dispatchEvent(new DragEvent('drop', options))
  })
}
