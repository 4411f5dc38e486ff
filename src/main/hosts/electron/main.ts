import { join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { appVersion, assetsFolder, dataFolder, sampleFolder } from '../../base/app-paths.ts'
import { createLog } from '../../base/log.ts'
import { createCore, type Core } from '../../core.ts'
import { createElectronGuard } from '../../http/guard.ts'
import { electronHost } from './electron-host.ts'
import { ORIGIN } from './origin.ts'
import { declareScheme, serveScheme } from './protocol.ts'
import { readProjectArgument } from './read-project.ts'
import { spawnElectronWorker } from './spawn.ts'
import { openWindow } from './window.ts'

const log = createLog()

// Before the app is ready, and before anything is awaited: later it has no effect.
declareScheme()

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log.error('Realign could not start.', { error })
    dialog.showErrorBox(
      'Realign could not start',
      error instanceof Error ? error.message : String(error),
    )
    app.exit(1)
  })
} else {
  // The first instance gets 'second-instance' and comes to the front.
  app.quit()
}

async function start(): Promise<void> {
  app.on('second-instance', focusWindow)
  await app.whenReady()
  const core = await startCore()
  serveScheme(core)
  closeBeforeQuit(core)

  const open = (): Promise<BrowserWindow> => openWindow(join(dataFolder(), 'window.json'))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  await open()
}

function startCore(): Promise<Core> {
  const project = readProjectArgument(process.argv, process.cwd())
  return createCore({
    spawn: spawnElectronWorker,
    host: electronHost,
    guard: createElectronGuard(ORIGIN),
    dataFolder: dataFolder(),
    sampleFolder: sampleFolder(),
    assetsFolder: assetsFolder(),
    appVersion: appVersion(),
    log,
    ...(project === undefined ? {} : { project }),
  })
}

/**
 * Quitting waits for the project to close. It hooks in after the windows are gone, not before, because a page
 * saves its last words while it closes.
 */
function closeBeforeQuit(core: Core): void {
  let isClosing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    core
      .close()
      .catch((error: unknown) => log.error('The project did not close cleanly.', { error }))
      .finally(() => app.exit(0))
  })
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return
  if (window.isMinimized()) window.restore()
  window.focus()
}
