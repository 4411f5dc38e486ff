import type { Locator, Page } from '@playwright/test'
import type { HostProcess } from '../host-process.ts'
import type { SampleWork } from './sample-work.ts'

/** One picture of the user guide. */
export interface Shot {
  readonly name: string
  /** Brings the app there, and says which parts of the page to show; none for the whole window. */
  readonly take: (scene: Scene) => Promise<readonly Locator[]>
  readonly isDark?: boolean
  /** Of the window, in CSS pixels. */
  readonly height?: number
}

export interface Scene {
  readonly page: Page
  readonly host: HostProcess
  readonly go: (path: string) => Promise<void>
  readonly work: SampleWork
}
