import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../../shared/domain/shell-bridge.ts'

/**
 * The native menu. Its own items only name a command of the page, which knows what it means; keys that the
 * page handles itself are shown but not taken, so that they work once and not twice.
 */
export function createMenuTemplate(options: {
  readonly isMac: boolean
  readonly run: (command: MenuCommand) => void
}): MenuItemConstructorOptions[] {
  const { isMac, run } = options
  const item = (
    label: string,
    command: MenuCommand,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    click: () => run(command),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('&Open project…', 'app.goToProjects', 'CmdOrCtrl+O'),
        item('Open the &sample project', 'app.openSample'),
        separator,
        item('&Import…', 'app.goToImport', 'CmdOrCtrl+3'),
        item('&Export…', 'app.goToExport', 'CmdOrCtrl+4'),
        item('&Jobs', 'app.goToJobs', 'CmdOrCtrl+5'),
        separator,
        item('Se&ttings', 'app.goToSettings', 'CmdOrCtrl+,'),
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item('&Library', 'app.goToLibrary', 'CmdOrCtrl+1'),
        item('&Align', 'app.goToAlign', 'CmdOrCtrl+2'),
        separator,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        separator,
        { role: 'togglefullscreen' },
        { role: 'reload' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('&Keys', 'app.help'), { role: 'about' }] },
  ]
}
