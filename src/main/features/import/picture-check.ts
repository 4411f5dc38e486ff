import { basename } from 'node:path'
import { fromPictureAddress } from '../../base/picture-address.ts'
import type { ImportedPicture } from '../../db/queries/import-item.ts'
import type { KnownLocation } from '../../db/queries/sources.ts'
import type { SourceRecord } from '../../formats/format.ts'
import { statImageFile } from '../../media/image-file.ts'
import type { MediaClient, ProbeResult } from '../../media/client.ts'

export interface PictureCheck {
  /** Looks at each record's file: unchanged, probed anew, or a problem with its reason. */
  check(
    entries: readonly {
      readonly record: SourceRecord
      readonly known: KnownLocation | null
      /** The running job has looked at this place already. */
      readonly wasSeen: boolean
    }[],
  ): Promise<ReadonlyMap<SourceRecord, ImportedPicture>>
}

export function createPictureCheck(
  media: MediaClient,
  names: { mayExist(path: string): Promise<boolean> },
  signal: AbortSignal,
): PictureCheck {
  return {
    async check(entries) {
      const pictures = new Map<SourceRecord, ImportedPicture>()
      // Several rows may name one file, which is read once.
      const toProbe = new Map<string, SourceRecord[]>()
      for (const { record, known, wasSeen } of entries) {
        if (record.filePath === null) pictures.set(record, withoutFile(record))
        else if (
          known?.hasPicture === true &&
          (wasSeen || (await isUnchanged(record.filePath, known)))
        ) {
          pictures.set(record, { kind: 'unchanged' })
        } else if (await names.mayExist(fromPictureAddress(record.filePath).path)) {
          const others = toProbe.get(record.filePath)
          if (others === undefined) toProbe.set(record.filePath, [record])
          else others.push(record)
        } else {
          pictures.set(record, missingFile(record.filePath))
        }
      }
      const paths = [...toProbe.keys()]
      const results = await media.probe(
        paths.map((path, index) => ({ key: String(index), path })),
        { signal, lane: 'background' },
      )
      for (const [index, path] of paths.entries()) {
        const result = results[index]
        if (result === undefined) continue
        for (const record of toProbe.get(path) ?? []) pictures.set(record, toPicture(result))
      }
      return pictures
    },
  }
}

async function isUnchanged(path: string, known: KnownLocation): Promise<boolean> {
  const found = await statImageFile(path).catch(() => null)
  return (
    found !== null &&
    (found.sizeBytes === null || found.sizeBytes === known.sizeBytes) &&
    found.mtimeMs === known.mtimeMs
  )
}

// One object for all rows: what is shared crosses to the database's thread once a batch.
const NAMES_NO_FILE: ImportedPicture = {
  kind: 'problem',
  code: 'IMAGE_FILE_MISSING',
  message: 'The row names no picture file. Add one to the source and import it again.',
}
const NAMES_ONLY_ADDRESS: ImportedPicture = {
  kind: 'problem',
  code: 'IMAGE_FILE_MISSING',
  message:
    'The row has only a web address, and Realign downloads nothing. Put the picture file beside the table and import it again.',
}

function withoutFile(record: SourceRecord): ImportedPicture {
  const known = record.exchange?.problem ?? record.problem ?? null
  if (known !== null) return { kind: 'problem', ...known }
  return record.url === null ? NAMES_NO_FILE : NAMES_ONLY_ADDRESS
}

function missingFile(path: string): ImportedPicture {
  return {
    kind: 'problem',
    code: 'IMAGE_FILE_MISSING',
    message: `Expected the picture “${basename(fromPictureAddress(path).path)}” where the source says, but there is no such file. Put it there and import the source again.`,
  }
}

function toPicture(result: ProbeResult): ImportedPicture {
  if (!result.ok) return { kind: 'problem', code: result.code, message: result.message }
  return {
    kind: 'probed',
    hash: result.sha256,
    format: result.format,
    width: result.width,
    height: result.height,
    orientation: result.orientation,
    isAnimated: result.isAnimated,
    sizeBytes: result.sizeBytes,
    mtimeMs: result.mtimeMs,
    perceptualHash: result.perceptualHash,
  }
}
