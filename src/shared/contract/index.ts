import { align } from './align.ts'
import { checks } from './checks.ts'
import { duplicates } from './duplicates.ts'
import { events } from './events.ts'
import { exports } from './exports.ts'
import { findingsArea } from './findings.ts'
import { host } from './host.ts'
import { imports } from './imports.ts'
import { insights } from './insights.ts'
import { jobs } from './jobs.ts'
import { judgementsArea } from './judgements.ts'
import { library } from './library.ts'
import { models } from './models.ts'
import { people } from './people.ts'
import { projects } from './projects.ts'
import { proposals } from './proposals.ts'
import { recipes } from './recipes.ts'
import { quality } from './quality.ts'
import { review } from './review.ts'
import { rounds } from './rounds.ts'
import { settingsArea } from './settings.ts'
import { text } from './text.ts'
import { textEdits } from './text-edits.ts'
import { views } from './views.ts'

/** By name: written out, the type of all areas together is longer than the compiler writes into a declaration. */
type Contract = Readonly<{
  projects: typeof projects
  library: typeof library
  views: typeof views
  align: typeof align
  proposals: typeof proposals
  judgements: typeof judgementsArea
  text: typeof text
  textEdits: typeof textEdits
  rounds: typeof rounds
  review: typeof review
  imports: typeof imports
  exports: typeof exports
  recipes: typeof recipes
  jobs: typeof jobs
  host: typeof host
  models: typeof models
  findings: typeof findingsArea
  checks: typeof checks
  duplicates: typeof duplicates
  quality: typeof quality
  insights: typeof insights
  settings: typeof settingsArea
  people: typeof people
  events: typeof events
}>

/** Everything the renderer can ask of the core. One file an area; this joins them. */
export const contract: Contract = {
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
  recipes,
  jobs,
  host,
  models,
  findings: findingsArea,
  checks,
  duplicates,
  quality,
  insights,
  settings: settingsArea,
  people,
  events,
}
