import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { ColumnMap } from '../../../shared/domain/column-roles.ts'
import { AppError } from '../../../shared/errors.ts'
import type { FormatReader } from '../../formats/format.ts'
import { sniffSource } from '../../formats/registry.ts'

/** A source as it will be read: where it lies, who reads it, and what its paths are relative to. */
export interface SourcePlan {
  readonly path: string
  readonly root: string
  readonly reader: FormatReader
  readonly map: ColumnMap
}

/** Throws SOURCE_NOT_FOUND, SOURCE_FORMAT_UNKNOWN or MAPPING_INVALID before anything is started. */
export async function planSource(request: {
  readonly path: string
  readonly format?: string | undefined
  readonly map?: ColumnMap | undefined
}): Promise<SourcePlan> {
  const path = resolve(request.path)
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError(
      'SOURCE_NOT_FOUND',
      `Expected a file or folder to import, but there is no “${basename(path)}” there. Check the path.`,
      { cause },
    )
  })
  const { reader } = await sniffSource(path, request.format)
  return {
    path,
    root: (await reader.rootOf?.(path)) ?? (found.isDirectory() ? path : dirname(path)),
    reader,
    map: request.map ?? {},
  }
}
