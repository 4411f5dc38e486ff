import { join } from 'node:path'
import { bundledPacksFolder } from './base/app-paths.ts'
import { BY_ITSELF } from './base/asking.ts'
import type { Spawn } from './base/channel.ts'
import type { Log } from './base/log.ts'
import { finishReverts } from './features/align/finish-reverts.ts'
import { createAlign } from './features/align/service.ts'
import { createAlignProcedures } from './features/align/procedures.ts'
import { createCalibrateKind } from './features/checks/calibrate-job.ts'
import { createCheckKind } from './features/checks/check-job.ts'
import { createCheckProcedures } from './features/checks/procedures.ts'
import type { ChecksOptions } from './features/checks/checks-options.ts'
import { createChecks } from './features/checks/service.ts'
import { createDuplicatesKind } from './features/duplicates/duplicates-job.ts'
import { createDuplicateProcedures } from './features/duplicates/procedures.ts'
import { createDuplicates } from './features/duplicates/service.ts'
import { createEventHub } from './features/events/hub.ts'
import { createEventProcedures } from './features/events/procedures.ts'
import { createExportKind } from './features/export/jobs.ts'
import { createPictureReader } from './features/export/picture-reader.ts'
import { createExportProcedures } from './features/export/procedures.ts'
import { createExport } from './features/export/service.ts'
import type { HostPort } from './features/host/host-port.ts'
import { createHostProcedures } from './features/host/procedures.ts'
import { createImportKind } from './features/import/jobs.ts'
import { createImportProcedures } from './features/import/procedures.ts'
import { createImport } from './features/import/service.ts'
import { createInsightProcedures } from './features/insights/procedures.ts'
import { createInsights } from './features/insights/service.ts'
import { createJobProcedures } from './features/jobs/procedures.ts'
import { createJudgementProcedures } from './features/judgements/procedures.ts'
import { createLibraryProcedures } from './features/library/procedures.ts'
import { createRankedListing } from './features/library/ranked-listing.ts'
import { createLibrary } from './features/library/service.ts'
import { createMeasurePicturesKind, createThumbnailKind } from './features/media/jobs.ts'
import { createQualityProcedures } from './features/media/quality-procedures.ts'
import { createEmbedKind } from './features/models/embed-job.ts'
import { createFindingProcedures } from './features/models/findings.ts'
import { createFindingsKind } from './features/models/findings-job.ts'
import { createInstallKind } from './features/models/install-job.ts'
import { createModelSettings } from './features/models/model-settings.ts'
import { createModelProcedures } from './features/models/procedures.ts'
import { createModels } from './features/models/service.ts'
import { createGuestBook } from './features/people/guest-book.ts'
import { createPresence } from './features/people/presence.ts'
import { createPeopleProcedures } from './features/people/procedures.ts'
import { checkRight } from './features/people/rights.ts'
import { createPeople, windowOf, type PeopleService } from './features/people/service.ts'
import type { FeatureContext } from './features/open-project.ts'
import { createProjectProcedures } from './features/projects/procedures.ts'
import { createProjects, type ProjectsService } from './features/projects/service.ts'
import { createProposalProcedures } from './features/proposals/procedures.ts'
import { createRecipeProcedures } from './features/recipes/procedures.ts'
import { createReviewProcedures } from './features/review/procedures.ts'
import { os } from './features/router.ts'
import { createMeasureKind } from './features/rounds/jobs.ts'
import { createRoundProcedures } from './features/rounds/procedures.ts'
import { createRounds } from './features/rounds/service.ts'
import { createPersonalSettings } from './features/settings/personal-settings.ts'
import { createSettingsProcedures } from './features/settings/procedures.ts'
import { createSettings } from './features/settings/service.ts'
import { createTextProcedures } from './features/text/procedures.ts'
import { createInstalledTokenizers } from './features/text/installed-tokenizers.ts'
import { createText } from './features/text/service.ts'
import { createTextEditKind } from './features/text-edits/jobs.ts'
import { createTextEditProcedures } from './features/text-edits/procedures.ts'
import { createTextEdits } from './features/text-edits/service.ts'
import { createViewProcedures } from './features/views/procedures.ts'
import { createAssetsRoute } from './http/assets.ts'
import type { Guard } from './http/guard.ts'
import { createHandler } from './http/handler.ts'
import { createMediaRoute } from './http/media.ts'
import { createRpcRoute } from './http/rpc.ts'
import { register } from './jobs/job-kind.ts'
import { createScheduler } from './jobs/scheduler.ts'
import { createMediaClient } from './media/client.ts'
import { CATALOGUE, CATALOGUE_HOST } from './models/catalogue.ts'
import { createInferenceClient } from './models/client.ts'
import { createPackStore } from './models/store.ts'
import { createTextClient } from './text/client.ts'

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
  /** Where the packs lie that came with Realign; left out, in Realign's own resources. */
  readonly packsFolder?: string
  /** Where catalogue models are fetched from; left out, their usual host. */
  readonly modelHost?: string
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
  const book = await createGuestBook({ dataFolder: options.dataFolder, log })
  const hub = createEventHub()
  const media = createMediaClient({ spawn, log })
  const modelSettings = createModelSettings({ dataFolder: options.dataFolder, log })
  const store = createPackStore({
    modelsFolder: join(options.dataFolder, 'models'),
    bundledFolder: options.packsFolder ?? bundledPacksFolder(),
  })
  const inference = createInferenceClient({
    spawn,
    log,
    settings: () => ({ device: modelSettings.device() }),
  })
  const text = createTextClient(spawn)
  const presence = createPresence({ onChange: () => hub.publish({ topic: 'people' }) })

  const context: FeatureContext = {
    project: (asking) => projects.project(asking),
    openProject: () => projects.openProject(),
    publish(event) {
      if (event.topic === 'project') presence.forgetImages()
      hub.publish(event)
    },
  }
  const thumbnailKind = createThumbnailKind(context, media)
  const picturesKind = createMeasurePicturesKind(context, media)
  const importKind = createImportKind({
    context,
    media,
    afterImport: async (project) => {
      await project.scheduler.add(thumbnailKind, {})
    },
  })
  const tokenizers = createInstalledTokenizers({
    store,
    chosenEncoder: async () => {
      await modelSettings.load()
      return modelSettings.chosen('dual-encoder')
    },
  })
  const { appVersion } = options
  const readPicture = createPictureReader(media)
  const exportKind = createExportKind({ context, text, tokenizers, readPicture, appVersion })
  const textEditKind = createTextEditKind(context)
  const measureKind = createMeasureKind(context, text)
  const embedKind = createEmbedKind({ context, store, inference })
  const detectKind = createFindingsKind('detect', { context, store, inference })
  const ocrKind = createFindingsKind('ocr', { context, store, inference })
  const duplicatesKind = createDuplicatesKind({ context, media, inference })
  const checkOptions: ChecksOptions = {
    context,
    text,
    inference,
    encoder: () => models.installedEncoder(),
    detector: () => models.installedDetector(),
    detectorLabels: (pack) => models.detectorLabels(pack),
    isSample: () => projects.current()?.isSample ?? false,
  }
  const checkKind = createCheckKind(checkOptions)
  const calibrateKind = createCalibrateKind(checkOptions)
  const installKind = createInstallKind({
    store,
    inference,
    catalogue: CATALOGUE,
    host: options.modelHost ?? CATALOGUE_HOST,
  })

  const projects: ProjectsService = createProjects({
    spawn,
    log,
    dataFolder: options.dataFolder,
    appVersion,
    publish: (event) => context.publish(event),
    owner: () => ({ name: settings.get().personName, formerNames: settings.formerNames() }),
    guests: () => book.list(),
    remember: (project) => settings.rememberProject(project),
    recentFolder: () => settings.recent()[0]?.folder ?? null,
    startScheduler: (db) => {
      if (!db.isReadOnly) void finishReverts(db, context, log)
      return createScheduler({
        db,
        kinds: [
          register(importKind),
          register(exportKind),
          register(textEditKind),
          register(measureKind),
          register(embedKind),
          register(detectKind),
          register(ocrKind),
          register(duplicatesKind),
          register(checkKind),
          register(calibrateKind),
          register(installKind),
          register(thumbnailKind),
          register(picturesKind),
        ],
        log,
        publish: (jobId) => hub.publish({ topic: 'jobs', jobId }),
      })
    },
    importSample: async () => {
      await imports.start(BY_ITSELF, { path: options.sampleFolder })
    },
  })
  const imports = createImport(context, importKind)
  const exports = createExport({
    ...{ context, text, tokenizers, readPicture, appVersion, kind: exportKind },
  })
  const models = createModels({
    context,
    store,
    inference,
    settings: modelSettings,
    catalogue: CATALOGUE,
    embedKind,
    installKind,
    isSample: () => projects.current()?.isSample ?? false,
  })
  const people: PeopleService = createPeople({
    book,
    presence,
    canInvite: options.host.kind === 'node',
    ownerName: () => settings.get().personName,
    workedHere: async () =>
      projects.current() === null ? [] : projects.openProject().db.read.listPeopleAtWork(),
    projectUid: () => projects.current()?.uid ?? null,
    refreshPeople: () => projects.refreshPeople(),
    cutOff: (guestId) => hub.endGuest(guestId),
    publish: (event) => hub.publish(event),
  })
  const personalSettings = createPersonalSettings({
    dataFolder: options.dataFolder,
    log,
    owner: settings,
    renameGuest: (guest, name) => people.rename(guest, name),
    checkOwnerName: (name) => people.checkOwnerName(name),
    onOwnerRename: () => projects.refreshPeople(),
  })

  const router = os.router({
    projects: createProjectProcedures(projects, () => settings.recent()),
    views: createViewProcedures(context),
    library: createLibraryProcedures(
      context,
      createLibrary(context),
      createRankedListing(context, (asking, wish) => models.search(asking, wish)),
    ),
    align: createAlignProcedures(createAlign(context)),
    proposals: createProposalProcedures(context),
    judgements: createJudgementProcedures(context),
    checks: createCheckProcedures(
      createChecks({ ...checkOptions, kind: checkKind, calibrateKind }),
    ),
    text: createTextProcedures(createText({ context, text, tokenizers })),
    textEdits: createTextEditProcedures(createTextEdits(context, textEditKind)),
    rounds: createRoundProcedures(createRounds(context, measureKind)),
    review: createReviewProcedures(context),
    imports: createImportProcedures(imports),
    exports: createExportProcedures(exports),
    recipes: createRecipeProcedures(context, exports),
    jobs: createJobProcedures(context),
    host: createHostProcedures(context, options.host),
    models: createModelProcedures(models),
    findings: createFindingProcedures({
      context,
      store,
      settings: modelSettings,
      kinds: { detect: detectKind, ocr: ocrKind },
    }),
    duplicates: createDuplicateProcedures(
      createDuplicates({ context, kind: duplicatesKind, encoder: (id) => models.encoder(id) }),
    ),
    quality: createQualityProcedures(context, picturesKind),
    insights: createInsightProcedures(createInsights({ context, text, measureKind })),
    settings: createSettingsProcedures(personalSettings, (event) => context.publish(event)),
    people: createPeopleProcedures(people),
    events: createEventProcedures(hub, (asking) => presence.enter(windowOf(asking))),
  })
  const handle = createHandler({
    guard: options.guard,
    findGuest: (secret) => book.find(secret),
    rpc: createRpcRoute(router, { log, checkRight }),
    media: createMediaRoute({
      findImage: (id) => projects.openProject().db.read.findPicture({ id }),
      media,
      cacheFolder: () => projects.openProject().files.cache,
      log,
    }),
    assets: options.assetsFolder === null ? null : createAssetsRoute(options.assetsFolder),
    log,
  })

  async function close(): Promise<void> {
    hub.close()
    presence.close()
    await projects.close()
    media.close()
    inference.close()
    text.close()
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
