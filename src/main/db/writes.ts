import {
  discardDraft,
  restoreRevision,
  saveDraft,
  setImageStatus,
  submitRevision,
} from './queries/align.ts'
import { applyBatch, startBatch } from './queries/batch.ts'
import { importBatch } from './queries/import-batch.ts'
import {
  addJob,
  endJob,
  requeueInterruptedJobs,
  requeueJob,
  saveJobProgress,
  startJob,
} from './queries/jobs.ts'
import { redoChange, undoChange } from './queries/journal.ts'
import { adoptProject, describeProject, ensurePerson } from './queries/project.ts'
import { ensureSource, finishSource, markMissing } from './queries/sources.ts'

/** Everything that changes the project. Each call is one transaction on the writer's thread. */
export const writes = {
  describeProject,
  adoptProject,
  ensurePerson,
  saveDraft,
  discardDraft,
  submitRevision,
  restoreRevision,
  setImageStatus,
  undoChange,
  redoChange,
  startBatch,
  applyBatch,
  ensureSource,
  finishSource,
  importBatch,
  markMissing,
  addJob,
  startJob,
  saveJobProgress,
  endJob,
  requeueJob,
  requeueInterruptedJobs,
} as const

/**
 * Writes that can be made again from the source, so that their commit need not wait for the disk. Everything else
 * answers only after the disk has it.
 */
export const RELAXED_WRITES: ReadonlySet<string> = new Set<keyof typeof writes>([
  'importBatch',
  'markMissing',
  'saveJobProgress',
])
