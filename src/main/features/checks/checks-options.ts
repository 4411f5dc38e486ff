import type { FeatureContext } from '../open-project.ts'
import type { CheckTools } from './check-text.ts'
import type { GroundOptions } from './ground.ts'

/** What checks work with. */
export interface ChecksOptions extends CheckTools, GroundOptions {
  readonly context: FeatureContext
}
