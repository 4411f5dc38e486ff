import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { z } from 'zod'
import { exportOptions } from '../../../shared/contract/exports.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'
import type { ReadPicture } from './picture-reader.ts'
import type { TextTools } from './shape-rows.ts'
import { checkTarget, MANIFEST_NAME, openStagedTarget, type StagedTarget } from './staged-target.ts'
import { writeSet } from './write-set.ts'

const exportParams = z.object({
  format: z.string(),
  where: z.string(),
  out: z.string(),
  options: exportOptions,
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
    title: (params) => `Export ${params.format} to ${basename(params.out)}`,
    async run(params, run) {
      const project = context.openProject()
      await checkTarget(params.out)
      const total = await project.db.read.countImages({
        query: params.where,
        personId: project.personId,
      })
      run.setTotal(total)
      const target = await openStagedTarget(params.out, run.id, options.readPicture)
      const warnings: string[] = []
      const counts = { done: 0, skipped: 0, failed: 0 }
      try {
        const { areTokensExact } = await writeSet({
          ...{ project, request: params, appVersion, target, tools: options },
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
        const files = await writeManifest(target, { params, counts, appVersion, areTokensExact })
        run.signal.throwIfAborted()
        await target.publish()
        run.setResult({
          files: files.length,
          bytes: files.reduce((sum, file) => sum + file.bytes, 0),
          folder: params.out,
          ...(warnings.length === 0 ? {} : { warnings: warnings.join('\n') }),
        })
      } catch (error) {
        await target.discard()
        throw error
      }
    },
  }
}

/** The manifest names every file with its hash; it has no time in it, so that the same data give the same bytes. */
async function writeManifest(
  target: StagedTarget,
  about: {
    readonly params: ExportParams
    readonly counts: Readonly<Record<'done' | 'skipped' | 'failed', number>>
    readonly appVersion: string
    readonly areTokensExact: boolean
  },
): Promise<StagedTarget['files']> {
  const files = target.files.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const { format, where, options } = about.params
  const manifest = {
    application: `Realign ${about.appVersion}`,
    format,
    where,
    options,
    ...(options.tokens === null ? {} : { areTokensExact: about.areTokensExact }),
    counts: about.counts,
    files,
  }
  const file = await target.openText(MANIFEST_NAME)
  await file.write(`${JSON.stringify(manifest, null, 2)}\n`)
  await file.close()
  return files
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
