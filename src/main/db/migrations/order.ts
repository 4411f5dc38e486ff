import type { Migration } from './migration.ts'

/** A step added in the wrong place would be skipped on some machines: fail at start instead. */
export function assertMonotonic(migrations: readonly Migration[]): void {
  let last = 0
  for (const step of migrations) {
    if (!Number.isInteger(step.version) || step.version <= last) {
      throw new Error(
        `Migration ${step.version} (${step.name}) must be a whole number above ${last}.`,
      )
    }
    last = step.version
  }
}
