import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { openParquetHere, type ParquetFile, type ParquetPart } from './parquet-file.ts'

/** What is known of a file before its rows are read. */
export type ParquetDescription = Omit<ParquetFile, 'read'>

export interface ReadArgs {
  readonly path: string
  readonly columns: readonly string[]
  readonly part: ParquetPart
  readonly withBytes: boolean
}

/** The thread's side of `parquet-client.ts`. The file that was asked for last stays known. */
export function serveParquet(channel: Channel): void {
  let last: { readonly path: string; readonly file: ParquetFile } | null = null
  async function open(path: string): Promise<ParquetFile> {
    if (last?.path !== path) last = { path, file: await openParquetHere(path) }
    return last.file
  }
  serveCalls(channel, {
    describe: async ({ path }: { readonly path: string }) => {
      last = null
      const { read: _, ...description } = await open(path)
      return description satisfies ParquetDescription
    },
    read: async ({ path, columns, part, withBytes }: ReadArgs) =>
      (await open(path)).read(columns, part, withBytes),
  })
}
