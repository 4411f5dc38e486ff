/** What the Electron shell's preload gives the page as `window.realignShell`; absent in a browser. */
export interface ShellBridge<DroppedFile> {
  /** The path of a file that was dropped on the page; '' for one that is on no disk. */
  pathOfFile(file: DroppedFile): string
}

/** The DOM event by which the native menu asks the page to run a command; `detail` is its id. */
export const MENU_EVENT = 'realign:menu'

/** The commands that the native menu names, all of which need no arguments. */
export const MENU_COMMANDS = [
  'app.goToLibrary',
  'app.goToAlign',
  'app.goToImport',
  'app.goToExport',
  'app.goToJobs',
  'app.goToSettings',
  'app.goToProjects',
  'app.openSample',
  'app.help',
] as const

export type MenuCommand = (typeof MENU_COMMANDS)[number]
