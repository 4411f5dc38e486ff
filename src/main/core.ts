import type { Spawn } from './base/channel.ts'
import type { Log } from './base/log.ts'
import { createAlign } from './features/align/service.ts'
import { createAlignProcedures } from './features/align/procedures.ts'
import { createEventHub } from './features/events/hub.ts'
import { createEventProcedures } from './features/events/procedures.ts'
import { createExportKind } from './features/export/jobs.ts'
import { createExportProcedures } from './features/export/procedures.ts'
import { createExport } from './features/export/service.ts'
import type { HostPort } from './features/host/host-port.ts'
import { createHostProcedures } from './features/host/procedures.ts'
import { createImportKind } from './features/import/jobs.ts'
import { createImportProcedures } from './features/import/procedures.ts'
import { createImport } from './features/import/service.ts'
import { createJobProcedures } from './features/jobs/procedures.ts'
import { createLibraryProcedures } from './features/library/procedures.ts'
import { createLibrary } from './features/library/service.ts'
import { createThumbnailKind } from './features/media/jobs.ts'
import type { FeatureContext } from './features/open-project.ts'
import { createProjectProcedures } from './features/projects/procedures.ts'
import { createProjects, type ProjectsService } from './features/projects/service.ts'
import { os } from './features/router.ts'
import { createSettingsProcedures } from './features/settings/procedures.ts'
import { createSettings } from './features/settings/service.ts'
import { createAssetsRoute } from './http/assets.ts'
import type { Guard } from './http/guard.ts'
import { createHandler } from './http/handler.ts'
import { createMediaRoute } from './http/media.ts'
import { createRpcRoute } from './http/rpc.ts'
import { register } from './jobs/job-kind.ts'
import { createScheduler } from './jobs/scheduler.ts'
import { createMediaClient } from './media/client.ts'

export type { HostPort } from './features/host/host-port.ts'

export interface CoreOptions {
  readonly spawn: Spawn
  readonly host: HostPort
  readonly guard: Guard
  /** Per-user folder: settings, recent projects, the sample project's working copy. */
  readonly dataFolder: string
  /** The bundled sample, imported read-only. */
  readonly sampleFolder: string
  /** The built renderer; null serves no pages, as on the command line. */
  readonly assetsFolder: string | null
  readonly appVersion: string
  readonly log: Log
  /** Project to open at start; undefined opens the last one or the sample, null none. */
  readonly project?: string | null
}

/** The whole outside of Realign: requests in, responses out. */
export interface Core {
  handle(request: Request): Promise<Response>
  close(): Promise<void>
}

/**
 * Wires everything, in the order in which the parts need each other. Rejects when the wished project cannot be
 * opened.
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { log, spawn } = options
  const settings = await createSettings({ dataFolder: options.dataFolder, log })
  const hub = createEventHub()
  const media = createMediaClient({ spawn, log })

  const context: FeatureContext = {
    project: () => projects.project(),
    publish: (event) => hub.publish(event),
  }
  const thumbnailKind = createThumbnailKind(context, media)
  const importKind = createImportKind({
    context,
    media,
    afterImport: async (project) => {
      await project.scheduler.add(thumbnailKind, {})
    },
  })
  const exportKind = createExportKind(context, options.appVersion)

  const projects: ProjectsService = createProjects({
    spawn,
    log,
    dataFolder: options.dataFolder,
    appVersion: options.appVersion,
    publish: (event) => hub.publish(event),
    person: () => ({ name: settings.get().personName, formerNames: settings.formerNames() }),
    remember: (project) => settings.rememberProject(project),
    recentFolder: () => settings.recent()[0]?.folder ?? null,
    startScheduler: (db) =>
      createScheduler({
        db,
        kinds: [register(importKind), register(exportKind), register(thumbnailKind)],
        log,
        publish: (jobId) => hub.publish({ topic: 'jobs', jobId }),
      }),
    importSample: async () => {
      await imports.start({ path: options.sampleFolder })
    },
  })
  const imports = createImport(context, importKind)
  const exports = createExport(context, exportKind, options.appVersion)

  const router = os.router({
    projects: createProjectProcedures(projects, () => settings.recent()),
    library: createLibraryProcedures(context, createLibrary(context)),
    align: createAlignProcedures(createAlign(context)),
    imports: createImportProcedures(imports),
    exports: createExportProcedures(exports),
    jobs: createJobProcedures(context),
    host: createHostProcedures(context, options.host),
    settings: createSettingsProcedures(settings, {
      publish: (event) => context.publish(event),
      onRename: () => projects.renamePerson(),
    }),
    events: createEventProcedures(hub),
  })
  const handle = createHandler({
    guard: options.guard,
    rpc: createRpcRoute(router, log),
    media: createMediaRoute({
      findImage: (id) => projects.project().db.read.findPicture({ id }),
      media,
      cacheFolder: () => projects.project().files.cache,
      log,
    }),
    assets: options.assetsFolder === null ? null : createAssetsRoute(options.assetsFolder),
    log,
  })

  async function close(): Promise<void> {
    hub.close()
    await projects.close()
    media.close()
  }

  try {
    if (options.project === undefined) await projects.openLastOrSample()
    else if (options.project !== null) await projects.openOrCreate(options.project)
  } catch (error) {
    await close()
    throw error
  }
  return { handle, close }
}
