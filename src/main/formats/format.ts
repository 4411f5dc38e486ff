import type { AltOrigin } from '../../shared/domain/alt-origin.ts'
import type { ExportGroup } from '../../shared/contract/exports.ts'
import type { RoundOptions } from '../../shared/contract/rounds.ts'
import type { ColumnMap } from '../../shared/domain/column-roles.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Status } from '../../shared/domain/status.ts'
import type { TextRole } from '../../shared/domain/text-choice.ts'

/**
 * One image with its texts as a source tells it. `locator` names it within the source (a relative
 * path with forward slashes, or `row:<id>` where the row has no file) and is what makes a second import
 * of the same source find the same image again.
 */
export interface SourceRecord {
  readonly locator: string
  /**
   * Address of the picture (`base/picture-address.ts`), its file already checked to lie inside the source; null when
   * the row names none.
   */
  readonly filePath: string | null
  readonly url: string | null
  readonly altTexts: readonly { readonly origin: AltOrigin; readonly text: string }[]
  /** A caption that came with the image; it becomes a revision made by the import. */
  readonly caption: string | null
  /** Texts to be looked at beside the caption, each with the name of the column that it came from. */
  readonly proposals: readonly { readonly column: string; readonly text: string }[]
  readonly tags: readonly string[]
  /** Line or row number in the source, from 1. */
  readonly row: number
  /** All that our own exchange form knows of an image; null for every other format. */
  readonly exchange: ExchangeImage | null
  /** Why there is no picture, where the source says it. */
  readonly problem?: { readonly code: ErrorCode; readonly message: string }
}

/** Either a record or a row that could not be used; a bad row costs itself, never the import. */
export type SourceEvent =
  | { readonly kind: 'record'; readonly record: SourceRecord }
  | {
      readonly kind: 'error'
      readonly item: string
      readonly code: ErrorCode
      readonly message: string
    }
  | { readonly kind: 'warning'; readonly message: string }

export interface SourceRequest {
  /** Absolute path of a file or folder. */
  readonly path: string
  /** Empty: the reader maps the columns by itself. */
  readonly map: ColumnMap
  readonly signal: AbortSignal
}

export interface SourcePreview {
  readonly columns: readonly string[]
  readonly map: ColumnMap
  readonly rows: readonly (readonly string[])[]
  readonly records: readonly SourceRecord[]
  readonly encoding: string
  readonly warnings: readonly string[]
}

/** A round of the exchange form with all versions of its guideline. */
export interface ExchangeRound {
  readonly number: number
  readonly name: string
  /** Null where an older form does not say. */
  readonly createdAt: number | null
  readonly options: RoundOptions
  readonly guidelines: readonly {
    readonly version: number
    readonly markdown: string
    readonly author: string
    readonly createdAt: number
  }[]
}

/** What the exchange form says of a project as a whole. */
export interface ExchangeProject {
  readonly uid: string
  readonly name: string
  readonly appVersion: string
  /** Names of the people who wrote revisions, as the revisions' `author` gives them. */
  readonly people: readonly string[]
  readonly rounds: readonly ExchangeRound[]
}

export interface FormatReader {
  readonly id: string
  readonly label: string
  readonly description: string
  /** How well a path fits, 0 (not at all) to 1 (certain). Reads at most a few kilobytes. */
  sniff(path: string): Promise<number>
  /** First `limit` rows; throws AppError for a source that cannot be read at all. */
  preview(request: SourceRequest & { readonly limit: number }): Promise<SourcePreview>
  /** Streams the source in a stable order, with memory that does not grow with it. */
  read(request: SourceRequest): AsyncIterable<SourceEvent>
  /** The folder that all of the source lies in, where a file stands for more than the folder that it is in. */
  rootOf?(path: string): Promise<string>
  /** How many rows `read` will give, where that is known without reading them; else null. */
  countRows?(path: string, signal: AbortSignal): Promise<number | null>
  /** Only where a format tells of the whole project; null where this source does not. */
  readProject?(path: string): Promise<ExchangeProject | null>
}

/** One image of the exchange form (formats.md 16), with everything a project knows about it. */
export interface ExchangeImage {
  readonly uid: string
  readonly sha256: string | null
  readonly fileName: string
  readonly locations: readonly string[]
  readonly width: number | null
  readonly height: number | null
  readonly format: string | null
  readonly sizeBytes: number | null
  readonly perceptualHash: string | null
  readonly status: Status
  readonly round: number
  /** The round that the image is worked on in; null where an older form does not say. */
  readonly workRound: number | null
  /** Where it stood before that round began. */
  readonly cameFrom: { readonly round: number; readonly status: Status } | null
  readonly tags: readonly string[]
  readonly alts: readonly {
    readonly uid: string
    readonly origin: AltOrigin
    readonly text: string
    readonly createdAt: number
  }[]
  readonly headRevision: string | null
  readonly revisions: readonly {
    readonly uid: string
    readonly parent: string | null
    readonly round: number
    readonly text: string
    readonly authorKind: 'human' | 'model' | 'import'
    readonly author: string
    readonly note: string
    readonly isWithdrawn: boolean
    readonly createdAt: number
    /** Uids of the proposals that it took from. */
    readonly proposals: readonly string[]
    readonly guidelineVersion: number | null
    readonly editingMs: number | null
    readonly editShare: number | null
  }[]
  /** Decisions, oldest first. */
  readonly reviews: readonly {
    readonly uid: string
    readonly revision: string
    /** The caption as it was submitted; another one than `revision` where the reviewer changed it. */
    readonly submitted: string
    readonly round: number
    readonly decision: 'accepted' | 'returned'
    readonly remark: string
    readonly quote: { readonly start: number; readonly end: number } | null
    readonly reviewer: string
    readonly isWithdrawn: boolean
    readonly createdAt: number
  }[]
  /** Oldest first; of the decisions about one, the last one counts. */
  readonly proposals: readonly {
    readonly uid: string
    readonly text: string
    readonly authorKind: 'human' | 'model' | 'import'
    readonly author: string
    readonly note: string
    readonly createdAt: number
    readonly decisions: readonly {
      readonly state: 'open' | 'accepted' | 'partly-accepted' | 'rejected'
      readonly author: string
      readonly createdAt: number
    }[]
  }[]
  /** People's answers, oldest first: of those about one thing the last one counts, and none where it is null. */
  readonly overrides: readonly {
    readonly uid: string
    readonly kind: 'fate' | 'verdict' | 'hygiene' | 'detail'
    /** Index into `alts`. */
    readonly alt: number | null
    readonly rule: string | null
    readonly words: string
    readonly occurrence: number
    readonly answer: string | null
    readonly reason: string
    readonly author: string
    readonly revision: string | null
    readonly createdAt: number
  }[]
  readonly draft: {
    readonly text: string
    readonly base: string | null
    readonly savedAt: number
  } | null
  readonly problem: { readonly code: string; readonly message: string } | null
}

/** A text that is written, with what it is. */
export interface ExportText {
  readonly role: TextRole
  readonly text: string
  /** The round that a caption was written in; null for an alt-text. */
  readonly round: number | null
}

/** One image on its way out. Its texts are chosen and cut by the export's options, the rest is what the project holds. */
export interface ExportRow {
  readonly image: ExchangeImage
  /** Address of a readable picture (`base/picture-address.ts`), or null when it is missing or broken. */
  readonly filePath: string | null
  /** Web address that the picture came from; null where no source told one. */
  readonly url: string | null
  /** The caption that stands, whole, whatever the options choose; null where there is none. */
  readonly caption: string | null
  /** The chosen text; the first of them where several are asked for. */
  readonly text: string
  readonly textKind: TextRole | 'none'
  /** All chosen texts where several are asked for, else null. */
  readonly texts: readonly ExportText[] | null
  /** Author of the caption, as a pseudonym; '' where there is no caption. */
  readonly annotator: string
  readonly updatedAt: number
}

export interface WriteOptions {
  readonly images: 'link-or-copy' | 'copy' | 'none'
  readonly spreadsheetSafe: boolean
  /** Whether tables of plain text start with U+FEFF; left out, they do not. */
  readonly byteOrderMark?: boolean
  /** Whether rows have several texts. */
  readonly isSeveral: boolean
  /** Images in one archive or file; null for the habit of the format. */
  readonly shardImages: number | null
  /** The part of a split data set that these rows are; left out where it is not split. */
  readonly split?: string
}

/**
 * Where a writer puts files: a staging folder that becomes visible only when the whole export is done.
 * Names are relative, with forward slashes. Everything written is hashed for the manifest.
 */
export interface ExportTarget {
  /** Opens a text file for streaming; `write` resolves when the stream can take more. UTF-8. */
  openText(name: string): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>
  /** The same for bytes. */
  openBytes(
    name: string,
  ): Promise<{ write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }>
  /** Gives a file another name once it is closed, where the name tells how many files there are. */
  rename(from: string, to: string): Promise<void>
  /** Makes one file of several closed ones, which are then gone. */
  concatenate(parts: readonly string[], name: string): Promise<void>
  /** All bytes of a picture, for formats that hold pictures within; `from` is its address. */
  readPicture(from: string): Promise<Uint8Array>
  /** The same for several small ones at once; null for one that has to be asked for by itself. */
  readonly readPictures?: (from: readonly string[]) => Promise<readonly (Uint8Array | null)[]>
  /** Puts a picture file in place by hard link or copy, never changing the source. */
  placeFile(options: {
    readonly from: string
    readonly name: string
    readonly copy: boolean
  }): Promise<void>
}

export interface FormatWriter {
  readonly id: string
  readonly label: string
  readonly group: ExportGroup
  /** A few words, on one line of a list. */
  readonly summary: string
  readonly description: string
  readonly hasImages: boolean
  /** Whether an image may have several texts in it; else only the first is written. */
  readonly holdsSeveral: boolean
  /** Whether it is cut into archives or files of so many images. */
  readonly isSharded: boolean
  /** Whether its file names tell the split, so that all splits share one folder; else each has a folder of its own. */
  readonly namesSplits?: true
  /** Whether it says who wrote in the project; to others `WriteRequest.project` names nobody. */
  readonly namesPeople?: true
  /**
   * Streams rows, which come in a stable order, into the target. A row that cannot be written is reported
   * through `onError` and skipped; the same rows and options give the same bytes. Every row ends in exactly one
   * call: `onRow('done')`, `onRow('skipped')` for one that the options leave out, or `onError`.
   */
  write(request: WriteRequest): Promise<void>
}

export interface WriteRequest {
  readonly rows: AsyncIterable<ExportRow>
  /** Written by the exchange form alone; left out, its header says nothing of the project. */
  readonly project?: ExchangeProject
  readonly target: ExportTarget
  readonly options: WriteOptions
  readonly signal: AbortSignal
  readonly onRow: (outcome: 'done' | 'skipped') => void
  readonly onError: (error: {
    readonly item: string
    readonly code: ErrorCode
    readonly message: string
  }) => void
  readonly onWarning: (message: string) => void
}
