import type { Locator, Page } from '@playwright/test'
import type { HostProcess } from '../../../tools/host-process.ts'
import { signedAddress } from '../support/signed-address.ts'
import { createAlignPage, type AlignPage } from './align-page.ts'
import { createExportPage, type ExportPage } from './export-page.ts'
import { createImportPage, type ImportPage } from './import-page.ts'
import { createJobsPage, type JobsPage } from './jobs-page.ts'
import { createLibraryPage, type LibraryPage } from './library-page.ts'
import { createReviewPage, type ReviewPage } from './review-page.ts'
import { createRoundsPage, type RoundsPage } from './rounds-page.ts'
import { createSettingsPage, type SettingsPage } from './settings-page.ts'
import { createTextEditDialog, type TextEditDialog } from './text-edit-dialog.ts'

/** Screens as the way between them names them. */
export type Screen =
  'Library' | 'Align' | 'Review' | 'Rounds' | 'Import' | 'Export' | 'Jobs' | 'Settings'

/** Everything a person can reach: the frame, and one model a screen. */
export interface App {
  readonly page: Page
  readonly library: LibraryPage
  readonly align: AlignPage
  readonly import: ImportPage
  readonly export: ExportPage
  readonly jobs: JobsPage
  readonly review: ReviewPage
  readonly rounds: RoundsPage
  readonly settings: SettingsPage
  readonly textEdit: TextEditDialog
  readonly main: Locator
  readonly projectButton: Locator
  readonly notices: Locator
  readonly connectionBanner: Locator
  readonly signedOutBanner: Locator
  readonly palette: Locator
  /** Where the palette takes what is typed. */
  readonly paletteInput: Locator
  readonly keysDialog: Locator
  readonly screenButton: (screen: Screen) => Locator
  /** Signs in with the token at an address of the app. What is shown then may still be on its way. */
  readonly open: (path?: string) => Promise<void>
  readonly press: (keys: string) => Promise<void>
  readonly type: (text: string) => Promise<void>
}

export function createApp(page: Page, host: HostProcess): App {
  return {
    page,
    library: createLibraryPage(page),
    align: createAlignPage(page),
    import: createImportPage(page),
    export: createExportPage(page),
    jobs: createJobsPage(page),
    review: createReviewPage(page),
    rounds: createRoundsPage(page),
    settings: createSettingsPage(page),
    textEdit: createTextEditDialog(page),
    main: page.getByRole('main'),
    projectButton: page.getByRole('banner').getByRole('button').first(),
    notices: page.getByRole('region', { name: 'Notices' }),
    connectionBanner: page.getByRole('alert').filter({ hasText: 'Realign does not answer' }),
    signedOutBanner: page.getByRole('alert').filter({ hasText: 'not signed in any more' }),
    palette: page.getByRole('dialog', { name: 'Find or run' }),
    paletteInput: page.getByRole('combobox', { name: 'Find or run' }),
    keysDialog: page.getByRole('dialog', { name: 'Keys' }),
    screenButton: (screen) =>
      page.getByRole('navigation', { name: 'Screens' }).getByRole('button', {
        name: screen,
        exact: true,
      }),
    open: async (path = '/') => {
      await page.goto(signedAddress(host.url, path))
    },
    press: (keys) => page.keyboard.press(keys),
    type: (text) => page.keyboard.type(text),
  }
}
