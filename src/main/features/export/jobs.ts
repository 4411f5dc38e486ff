import { hash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { z } from 'zod'
import { exportOptions } from '../../../shared/contract/exports.ts'
import type { RecipeContent } from '../../../shared/contract/recipes.ts'
import { subset } from '../../../shared/contract/subset.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'
import { asksSteps, type CountedSubset } from './choose-subset.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import { chooseAside } from './subset-thread.ts'
import { checkTarget, MANIFEST_NAME, openStagedTarget, type StagedTarget } from './staged-target.ts'
import { writeSet } from './write-set.ts'

const exportParams = z.object({
  format: z.string(),
  where: z.string(),
  out: z.string(),
  // Jobs that were stored before there were subsets and recipes have none.
  subset: subset.prefault({}),
  options: exportOptions,
  recipe: z
    .object({ versionId: z.number(), name: z.string(), version: z.number() })
    .nullable()
    .default(null),
})
export type ExportParams = z.infer<typeof exportParams>

const MAX_WARNINGS = 20

/** Writes a data set. Nothing of it is visible under its name before all of it is on the disk. */
export function createExportKind(
  options: TextTools & {
    readonly context: FeatureContext
    readonly readPicture: ReadPicture
    readonly appVersion: string
  },
): JobKind<ExportParams> {
  const { context, appVersion } = options
  return {
    name: 'export.run',
    lane: 'io',
    params: exportParams,
    dedupeKey: (params) => `export:${params.out}`,
    title: ({ format, out, recipe }) =>
      `Export ${recipe === null ? format : `“${recipe.name}”`} to ${basename(out)}`,
    async run(params, run) {
      const project = context.openProject()
      await checkTarget(params.out)
      const startedAt = Date.now()
      const chosen = await chooseAside(project.db, {
        ...{ where: params.where, subset: params.subset },
        ...{ personId: project.personId, signal: run.signal },
      })
      run.setTotal(chosen.imageIds.length)
      const target = await openStagedTarget(params.out, run.id, options.readPicture)
      const warnings: string[] = []
      const counts = { done: 0, skipped: 0, failed: 0 }
      try {
        const { areTokensExact } = await writeSet({
          ...{ project, request: params, appVersion, target, tools: options },
          subset: chosen,
          listFiles: () => target.files,
          signal: run.signal,
          onRow: (outcome) => {
            counts[outcome] += 1
            run.count(outcome)
            run.markProgress()
          },
          onError: (error) => {
            counts.failed += 1
            run.fail(error)
          },
          onWarning: (message) => {
            if (warnings.length < MAX_WARNINGS) warnings.push(message)
          },
        })
        const written = await writeManifest(target, {
          ...{ params, chosen, counts, appVersion, areTokensExact },
        })
        run.signal.throwIfAborted()
        await target.publish()
        await project.db.write.storeExportRun({
          recipeVersionId: params.recipe?.versionId ?? null,
          ...{ jobId: run.id, folder: params.out, content: contentOf(params), appVersion },
          ...{ counts: { ...chosen.counts, concepts: [] }, ...counts, ...written },
          ...{ startedAt, endedAt: Date.now() },
        })
        run.setResult({
          ...{ files: written.files, bytes: written.bytes, folder: params.out },
          ...{ sha256: written.sha256 },
          ...countsOf(chosen),
          ...(warnings.length === 0 ? {} : { warnings: warnings.join('\n') }),
        })
      } catch (error) {
        await target.discard()
        throw error
      }
    },
  }
}

function contentOf({ format, where, subset: steps, options }: ExportParams): RecipeContent {
  return { format, where, subset: steps, options }
}

/** Facts of the job: what is in each split. */
function countsOf({ counts }: CountedSubset): Readonly<Record<string, number>> {
  return Object.fromEntries(counts.splits.map(({ split, images }) => [split, images]))
}

/**
 * The manifest names every file with its hash; it has no time in it, so that the same data give the same bytes. It says
 * of subsets and recipes only where there are some. Answers how much was written, and a hash over all of it.
 */
async function writeManifest(
  target: StagedTarget,
  about: {
    readonly params: ExportParams
    readonly chosen: CountedSubset
    readonly counts: Readonly<Record<'done' | 'skipped' | 'failed', number>>
    readonly appVersion: string
    readonly areTokensExact: boolean
  },
): Promise<{ readonly files: number; readonly bytes: number; readonly sha256: string }> {
  const files = target.files.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const list = files.map((file) => `${file.sha256}  ${file.name}\n`).join('')
  const sha256 = hash('sha256', list, 'hex')
  const { format, where, options, recipe } = about.params
  const { steps, splits, concepts, notes } = about.chosen.counts
  const isChosen = asksSteps(about.params.subset)
  const manifest = {
    application: `Realign ${about.appVersion}`,
    format,
    where,
    options,
    ...(recipe === null ? {} : { recipe: { name: recipe.name, version: recipe.version } }),
    ...(isChosen ? { subset: about.params.subset, steps, splits, notes } : {}),
    ...(concepts.length > 0 ? { concepts } : {}),
    ...(options.tokens === null ? {} : { areTokensExact: about.areTokensExact }),
    counts: about.counts,
    ...(isChosen || recipe !== null ? { sha256 } : {}),
    files,
  }
  const file = await target.openText(MANIFEST_NAME)
  await file.write(`${JSON.stringify(manifest, null, 2)}\n`)
  await file.close()
  return {
    ...{ files: files.length, sha256 },
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }
}

/** Sources are only ever read, and the project's own folder is not a place for exports. */
export async function checkPlace(project: OpenProject, out: string): Promise<void> {
  const place = await realPlace(out)
  if (isInside(await realPlace(project.files.folder), place)) {
    throw new AppError(
      'TARGET_UNWRITABLE',
      'The target lies inside the project folder. Choose a folder outside of it.',
    )
  }
  for (const root of await project.db.read.listSourceRoots()) {
    if (isInside(await realPlace(root), place)) {
      throw new AppError(
        'TARGET_UNWRITABLE',
        `The target lies inside “${basename(root)}”, which is a source of this project, and sources are never written to. Choose a folder outside of it.`,
      )
    }
  }
}

/** The path without links, as far as it exists: a link into a source leads into the source. */
async function realPlace(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null)
  if (real !== null) return real
  const parent = dirname(path)
  return parent === path ? path : join(await realPlace(parent), basename(path))
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}
