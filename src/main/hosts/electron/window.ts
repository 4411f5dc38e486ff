import { join } from 'node:path'
import { BrowserWindow, Menu, screen, type Session } from 'electron'
import { MENU_EVENT, type MenuCommand } from '../../../shared/domain/shell-bridge.ts'
import { packageRoot } from '../../base/app-paths.ts'
import { createMenuTemplate } from './menu-template.ts'
import { isAllowedPermission, isOwnPage, ORIGIN } from './origin.ts'
import { fitWindow, readWindowState, writeWindowState } from './window-state.ts'

/** Opens the one window, locked to our own page. */
export async function openWindow(statePath: string): Promise<BrowserWindow> {
  const { bounds, isMaximized } = fitWindow(
    readWindowState(statePath),
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Realign',
    webPreferences: {
      preload: join(packageRoot(), 'out', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  })
  lockDown(window)
  window.on('close', () => {
    writeWindowState(statePath, {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
    })
  })
  // Shown when it has something to show, so that no white sheet flashes up.
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize()
    window.show()
  })
  setMenu(window)
  await window.loadURL(`${ORIGIN}/`)
  return window
}

function lockDown(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  denyPermissions(webContents.session)
}

function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(isAllowedPermission(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) => isAllowedPermission(permission))
  session.setDevicePermissionHandler(() => false)
}

/**
 * The menu speaks to the page by a DOM event with a command's id. The script is put together from constants
 * only; a channel of the preload's would do the same with more parts.
 */
function setMenu(window: BrowserWindow): void {
  const run = (command: MenuCommand): void => {
    const detail = JSON.stringify({ detail: command })
    const script = `window.dispatchEvent(new CustomEvent('${MENU_EVENT}', ${detail})); 0`
    window.webContents.executeJavaScript(script).catch(() => {
      // The page is loading or gone; there is nobody to ask.
    })
  }
  const template = createMenuTemplate({ isMac: process.platform === 'darwin', run })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
