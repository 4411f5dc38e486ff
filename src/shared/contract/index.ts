import { align } from './align.ts'
import { events } from './events.ts'
import { exports } from './exports.ts'
import { host } from './host.ts'
import { imports } from './imports.ts'
import { jobs } from './jobs.ts'
import { library } from './library.ts'
import { people } from './people.ts'
import { projects } from './projects.ts'
import { settingsArea } from './settings.ts'

/** Everything the renderer can ask of the core. One file an area; this joins them. */
export const contract = {
  projects,
  library,
  align,
  imports,
  exports,
  jobs,
  host,
  settings: settingsArea,
  people,
  events,
}
