import { align } from './align.ts'
import { duplicates } from './duplicates.ts'
import { events } from './events.ts'
import { exports } from './exports.ts'
import { findingsArea } from './findings.ts'
import { host } from './host.ts'
import { imports } from './imports.ts'
import { jobs } from './jobs.ts'
import { judgementsArea } from './judgements.ts'
import { library } from './library.ts'
import { models } from './models.ts'
import { people } from './people.ts'
import { projects } from './projects.ts'
import { proposals } from './proposals.ts'
import { review } from './review.ts'
import { rounds } from './rounds.ts'
import { settingsArea } from './settings.ts'
import { text } from './text.ts'
import { textEdits } from './text-edits.ts'
import { views } from './views.ts'

/** Everything the renderer can ask of the core. One file an area; this joins them. */
export const contract = {
  projects,
  library,
  views,
  align,
  proposals,
  judgements: judgementsArea,
  text,
  textEdits,
  rounds,
  review,
  imports,
  exports,
  jobs,
  host,
  models,
  findings: findingsArea,
  duplicates,
  settings: settingsArea,
  people,
  events,
}
