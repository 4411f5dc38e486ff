import type { FeatureContext } from '../open-project.ts'
import type { CheckTools } from './check-text.ts'
import type { CheckEncoder } from './ground.ts'

/** What checks work with. */
export interface ChecksOptions extends CheckTools {
  readonly context: FeatureContext
  /** The encoder in use for the open project; null where none fits. */
  readonly encoder: () => Promise<CheckEncoder | null>
  /** Whether the open project is the bundled sample. */
  readonly isSample: () => boolean
}
