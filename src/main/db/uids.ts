import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const RANDOM_BYTES = 16
const POOL_UIDS = 256
const pool = new Uint8Array(RANDOM_BYTES * POOL_UIDS)
let used = POOL_UIDS

/** A new UUID of version 7. Asks the system for random bytes once for many, because an import needs many. */
export function createUid(): string {
  if (used === POOL_UIDS) {
    randomFillSync(pool)
    used = 0
  }
  const start = used * RANDOM_BYTES
  used += 1
  return v7({ random: pool.subarray(start, start + RANDOM_BYTES) })
}
