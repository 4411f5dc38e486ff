import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import type { ShellBridge } from '../../src/shared/domain/shell-bridge.ts'
import { findInstalledElectron } from '../../tools/electron-binary.ts'
import { ROOT } from '../../tools/package-root.ts'
import { whyNoShell } from '../../tools/shell-choice.ts'

const electron = findInstalledElectron()
const reason =
  electron === null
    ? "Electron's program is not installed."
    : whyNoShell({
        platform: process.platform,
        env: process.env,
        isRoot: process.getuid?.() === 0,
        isBrowserWanted: false,
      })

test('the shell opens a window, answers it, and knows where a dropped file lies', async () => {
  test.skip(reason !== null, reason ?? '')
  const folder = await mkdtemp(join(tmpdir(), 'realign-shell-'))
  const file = join(folder, 'a file.txt')
  await writeFile(file, 'dropped')
  const app = await _electron.launch({
    executablePath: electron ?? '',
    args: [ROOT],
    env: { ...process.env, REALIGN_DATA: join(folder, 'data') } as Record<string, string>,
  })
  const window = await app.firstWindow()
  await expect(window.locator('#root > *').first()).toBeVisible()
  expect(window.url()).toMatch(/^app:\/\/local\//)

  const status = await window.evaluate(async () => {
    const response = await fetch('/rpc/settings/get', { method: 'POST', body: '{}' })
    return response.status
  })
  expect(status).toBe(200)
  expect(await window.evaluate(() => 'require' in globalThis)).toBe(false)

  await window.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    document.body.append(input)
  })
  const input = window.locator('body > input[type=file]')
  await input.setInputFiles(file)
  const path = await input.evaluate((element) => {
    const { realignShell } = window as unknown as { realignShell: ShellBridge<File> }
    const [dropped] = (element as HTMLInputElement).files ?? []
    return dropped === undefined ? '' : realignShell.pathOfFile(dropped)
  })
  expect(path).toBe(file)
  await app.close()
  await rm(folder, { recursive: true, force: true })
})
