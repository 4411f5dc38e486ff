import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import type { RecipeContent } from '../../../shared/contract/recipes.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'
import type { CountedSubset } from './choose-subset.ts'
import { exportParams, type ExportParams } from './export-params.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import { chooseAside } from './subset-thread.ts'
import { checkTarget } from './staged-target.ts'
import { createWriteAside } from './write-thread.ts'

/** Writes a data set, in a thread of its own. */
export function createExportKind(
  options: TextTools & {
    readonly context: FeatureContext
    readonly readPicture: ReadPicture
    readonly appVersion: string
  },
): JobKind<ExportParams> {
  const { context, readPicture, appVersion } = options
  const writeAside = createWriteAside()
  return {
    name: 'export.run',
    lane: 'io',
    params: exportParams,
    dedupeKey: (params) => `export:${params.out}`,
    title: ({ format, out, recipe }) =>
      `Export ${recipe === null ? format : `“${recipe.name}”`} to ${basename(out)}`,
    async run(params, run) {
      const { signal } = run
      const project = context.openProject()
      await checkTarget(params.out)
      const startedAt = Date.now()
      const chosen = await chooseAside(project.db, {
        ...{ where: params.where, subset: params.subset },
        ...{ personId: project.personId, signal },
      })
      run.setTotal(chosen.imageIds.length)
      const written = await writeAside(
        { params, jobId: run.id, chosen, appVersion },
        {
          ...{ folder: project.files.folder, signal, tools: options, readPicture },
          onNews({ done, skipped, errors }) {
            run.count('done', done)
            run.count('skipped', skipped)
            for (const error of errors) run.fail(error)
            if (done > 0) run.markProgress()
          },
        },
      )
      const { counts, warnings, ...files } = written
      await project.db.write.storeExportRun({
        recipeVersionId: params.recipe?.versionId ?? null,
        ...{ jobId: run.id, folder: params.out, content: contentOf(params), appVersion },
        ...{ counts: { ...chosen.counts, concepts: [] }, ...counts, ...files },
        ...{ startedAt, endedAt: Date.now() },
      })
      run.setResult({
        ...{ files: files.files, bytes: files.bytes, folder: params.out, sha256: files.sha256 },
        ...countsOf(chosen),
        ...(warnings.length === 0 ? {} : { warnings: warnings.join('\n') }),
      })
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
