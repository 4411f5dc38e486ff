import { foundation } from './010-foundation.ts'
import { bulkIndexing } from './020-bulk-indexing.ts'
import { roundsAndReview } from './030-rounds-and-review.ts'
import { people } from './040-people.ts'
import { proposalsAndJudgements } from './050-proposals-and-judgements.ts'
import { machineResults } from './060-machine-results.ts'
import { picturesInContainers } from './070-pictures-in-containers.ts'
import { wordsRead } from './080-words-read.ts'
import { duplicates } from './090-duplicates.ts'
import { savedViews } from './100-saved-views.ts'
import { checks } from './110-checks.ts'
import { recipes } from './121-recipes.ts'
import { imageQuality } from './122-image-quality.ts'
import { calibration } from './123-calibration.ts'
import { kindsOfDetails } from './131-kinds-of-details.ts'
import type { Migration } from './migration.ts'

/** All steps in order. A fresh project runs the same steps; there is no second schema. */
export const MIGRATIONS: readonly Migration[] = [
  foundation,
  bulkIndexing,
  roundsAndReview,
  people,
  proposalsAndJudgements,
  machineResults,
  picturesInContainers,
  wordsRead,
  duplicates,
  savedViews,
  checks,
  recipes,
  imageQuality,
  calibration,
  kindsOfDetails,
]
