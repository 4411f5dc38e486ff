import type { Database } from 'better-sqlite3'
import type { AltOrigin } from '../../../shared/domain/alt-origin.ts'
import type { JobId, PersonId, SourceId } from '../../../shared/domain/ids.ts'
import type { ExchangeHistory } from './exchange.ts'

/** What probing a picture file gave. Sizes are after EXIF orientation. */
export interface ProbedPicture {
  readonly hash: string
  readonly format: string
  readonly width: number
  readonly height: number
  readonly orientation: number
  readonly isAnimated: boolean
  readonly sizeBytes: number
  readonly mtimeMs: number
  readonly perceptualHash: string
}

export type ImportedPicture =
  | ({ readonly kind: 'probed' } & ProbedPicture)
  /** Same size and time as at the last import: not read again. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'problem'; readonly code: string; readonly message: string }

export interface ImportItem {
  /** Line or row number in the source, from 1. */
  readonly row: number
  readonly locator: string
  /** Relative to the source's root, with the system's separators; null when the row names no file. */
  readonly path: string | null
  /** Where in that file the picture lies, as `base/picture-address.ts` spells it; null for the whole file. */
  readonly part: string | null
  readonly url: string | null
  readonly name: string
  /** Where the image lay before an exchange file carried it here; null for every other source. */
  readonly originLocators: readonly string[] | null
  readonly picture: ImportedPicture
  readonly altTexts: readonly {
    readonly origin: AltOrigin
    readonly text: string
    /** Kept from the exchange form; else the time of the import. */
    readonly createdAt?: number
  }[]
  readonly caption: string | null
  readonly proposals: readonly { readonly column: string; readonly text: string }[]
  readonly tags: readonly string[]
  /** Rounds, status and drafts, when the source is our own exchange form. */
  readonly history: ExchangeHistory | null
}

/** `repeated` is what this very job has stored before: for an earlier row, or before it was interrupted. */
export type ImportOutcome = 'added' | 'changed' | 'same-content' | 'unchanged' | 'repeated'

/** What a batch did: one outcome an item, and counts of the texts that came with them. */
export interface ImportBatchResult {
  readonly outcomes: readonly ImportOutcome[]
  readonly altTexts: number
  readonly captions: number
  readonly proposals: number
}

/** Counts of a batch while it is being stored. */
export interface ImportTally {
  altTexts: number
  captions: number
  proposals: number
}

/** What all steps of storing one batch share. */
export interface ImportContext {
  readonly db: Database
  readonly sourceId: SourceId
  readonly jobId: JobId
  readonly now: number
  /** Number of the change that the batch is. */
  readonly seq: number
  readonly personId: PersonId
  readonly tally: ImportTally
}
