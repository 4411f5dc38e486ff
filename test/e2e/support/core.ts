import { expect } from '@playwright/test'
import type { Client } from '../../../src/main/http/rpc-client.ts'
import type { LibraryRow } from '../../../src/shared/contract/library.ts'
import { DEFAULT_SORT } from '../../../src/shared/domain/sort.ts'

/** Most jobs of a test are done at once. */
const POLL = { timeout: 60_000, intervals: [50, 100, 200, 400] }

/** Waits until no job is under way; a failed one fails the test. */
export async function waitForJobs(client: Client): Promise<void> {
  await expect
    .poll(async () => (await client.jobs.list({})).map((job) => job.state), POLL)
    .toEqual(expect.arrayContaining(['done']))
  await expect
    .poll(
      async () =>
        (await client.jobs.list({}))
          .map((job) => `${job.title}: ${job.state}`)
          .filter((line) => !line.endsWith(': done')),
      POLL,
    )
    .toEqual([])
}

/** The first 500 rows that match, in the order in which they were added. */
export async function listRows(client: Client, query = ''): Promise<readonly LibraryRow[]> {
  const { rows } = await client.library.page({ query, sort: DEFAULT_SORT, position: 0, limit: 500 })
  return rows
}

/** The row of that file name; fails where there is none. */
export async function findRow(client: Client, name: string): Promise<LibraryRow> {
  const row = (await listRows(client)).find((candidate) => candidate.name === name)
  if (row === undefined) throw new Error(`The project has no image ${name}.`)
  return row
}
