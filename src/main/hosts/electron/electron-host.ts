import { BrowserWindow, dialog, shell } from 'electron'
import type { HostPort } from '../../core.ts'

/** The system's own dialogs and file manager. */
export const electronHost: HostPort = {
  kind: 'electron',
  canListFolders: false,
  async pick({ kind, title }) {
    const parent = BrowserWindow.getFocusedWindow()
    const options: Electron.OpenDialogOptions = {
      title,
      properties: kind === 'folder' ? ['openDirectory', 'createDirectory'] : ['openFile'],
    }
    const result = await (parent === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(parent, options))
    return result.filePaths[0] ?? null
  },
  reveal(path) {
    shell.showItemInFolder(path)
    return Promise.resolve()
  },
}
