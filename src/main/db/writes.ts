import {
  discardDraft,
  restoreRevision,
  saveDraft,
  setImageStatus,
  submitRevision,
} from './queries/align.ts'
import { applyBatch, startBatch } from './queries/batch.ts'
import { continueBatchRevert } from './queries/batch-revert.ts'
import {
  endDuplicateRun,
  mergeAltTexts,
  startDuplicateRun,
  storeDuplicates,
} from './queries/duplicates.ts'
import { storeCalibration, switchCalibration } from './queries/calibrations.ts'
import { storeCheck, switchSignal } from './queries/checks.ts'
import { setQualityLimit, storeImageQuality } from './queries/image-quality.ts'
import { importBatch } from './queries/import-batch.ts'
import {
  addJob,
  endJob,
  requeueInterruptedJobs,
  requeueJob,
  saveJobProgress,
  startJob,
} from './queries/jobs.ts'
import { saveGuideline } from './queries/guidelines.ts'
import { redoChange, undoChange, undoDecision } from './queries/journal.ts'
import {
  answerJudgement,
  storeDetails,
  storeVerdicts,
  withdrawAnswer,
} from './queries/judgements.ts'
import { storeFindings } from './queries/machine-results.ts'
import { addProposal, decideProposal } from './queries/proposals.ts'
import { adoptProject, describeProject, ensurePerson } from './queries/project.ts'
import { applyTextEdit } from './queries/text-edits.ts'
import { acceptCaption, returnCaption } from './queries/review.ts'
import { requeueMeasuredRevisions, storeRevisionMetrics } from './queries/revision-metrics.ts'
import { startRound, updateRound } from './queries/rounds.ts'
import { ensureSource, finishSource, markMissing } from './queries/sources.ts'
import { storeExportRun } from './queries/export-runs.ts'
import {
  changeRecipe,
  createRecipe,
  removeRecipe,
  renameRecipe,
  restoreRecipe,
} from './queries/recipes.ts'
import { removeView, saveView, updateView } from './queries/views.ts'

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
  saveView,
  updateView,
  removeView,
  createRecipe,
  changeRecipe,
  renameRecipe,
  removeRecipe,
  restoreRecipe,
  storeExportRun,
  startRound,
  updateRound,
  saveGuideline,
  acceptCaption,
  returnCaption,
  storeRevisionMetrics,
  requeueMeasuredRevisions,
  addProposal,
  decideProposal,
  answerJudgement,
  withdrawAnswer,
  storeVerdicts,
  storeCheck,
  switchSignal,
  storeCalibration,
  switchCalibration,
  storeDetails,
  storeFindings,
  storeImageQuality,
  setQualityLimit,
  startDuplicateRun,
  storeDuplicates,
  endDuplicateRun,
  mergeAltTexts,
  undoChange,
  undoDecision,
  redoChange,
  continueBatchRevert,
  startBatch,
  applyBatch,
  applyTextEdit,
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
  'storeRevisionMetrics',
  'requeueMeasuredRevisions',
  'storeVerdicts',
  'storeCheck',
  'storeDetails',
  'storeFindings',
  'storeImageQuality',
])
