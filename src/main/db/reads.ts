import { getAlignImage } from './queries/align-image.ts'
import { listBatchReverts } from './queries/batch-revert.ts'
import {
  findDuplicateRun,
  listDuplicateGroups,
  listPerceptualHashes,
} from './queries/duplicates.ts'
import { loadImages } from './queries/export-rows.ts'
import {
  countChecked,
  findLookedAt,
  listCheckWork,
  listSwitchedOffSignals,
  reportChecks,
} from './queries/checks.ts'
import {
  countLabels,
  findCalibration,
  listAcceptedTexts,
  listAnsweredUnits,
} from './queries/calibrations.ts'
import {
  listAcceptedCaptions,
  getColourfulness,
  listDetailAnswers,
  listUnjudgedTexts,
} from './queries/detail-sources.ts'
import { listFits } from './queries/caption-fits.ts'
import { findGuideline, listGuidelineVersions } from './queries/guidelines.ts'
import { findActiveJob, findJob, listJobErrors, listJobs, listQueuedJobs } from './queries/jobs.ts'
import {
  countImages,
  facets,
  libraryAround,
  libraryPage,
  selectImageIds,
  tagNames,
} from './queries/library.ts'
import { getJudgements } from './queries/judgements.ts'
import { listOverrides } from './queries/judgements-answers.ts'
import { loadRows as libraryRows } from './queries/library-rows.ts'
import { getFindings, listFindingWork, listFoundWords } from './queries/machine-results.ts'
import {
  countMeasured,
  getQualityLimits,
  listMeasured,
  listUnmeasuredPictures,
} from './queries/image-quality.ts'
import {
  countDuplicates,
  countEdits,
  countFates,
  countField,
  findExtent,
  insightsStamp,
} from './queries/insights.ts'
import { findPicture, listPictures } from './queries/media.ts'
import { listPeopleAtWork } from './queries/people.ts'
import { listProposals } from './queries/proposals.ts'
import { listExportRuns } from './queries/export-runs.ts'
import { findRecipeVersion, listRecipes, listRecipeVersions } from './queries/recipes.ts'
import {
  currentSubsetChange,
  listSubsetIds,
  readConceptTexts,
  readImageGroups,
  readImageKeys,
  readImageMerits,
  readStrata,
} from './queries/subset-columns.ts'
import { countStats, describeForExchange, getProject } from './queries/project.ts'
import { findJobBatch, planTextEdit, previewTextEdit } from './queries/text-edits.ts'
import { countIssues, countQuality, listQualityExamples } from './queries/quality-histogram.ts'
import { listReviewQueue, countWaiting } from './queries/review-queue.ts'
import { countUnmeasuredRevisions, listUnmeasuredRevisions } from './queries/revision-metrics.ts'
import { previewRound } from './queries/round-entry.ts'
import { listRoundSample } from './queries/round-sample.ts'
import { listRounds } from './queries/rounds.ts'
import { listKnownLocations, listSourceRoots, listUnseenLocations } from './queries/sources.ts'
import { countSubmitted } from './queries/submitted-captions.ts'
import { getTextSources } from './queries/text-sources.ts'
import { findTextVerdicts, getFateVerdicts } from './queries/text-verdicts.ts'
import { listViews } from './queries/views.ts'
import { countSaying, countTexts, listUses, listWords, sampleTexts } from './queries/vocabulary.ts'

/** Everything that looks at the project. Runs on the reader's thread, which cannot write. */
export const reads = {
  getProject,
  describeForExchange,
  countStats,
  libraryPage,
  libraryAround,
  facets,
  tagNames,
  listViews,
  listRecipes,
  listRecipeVersions,
  findRecipeVersion,
  listExportRuns,
  listSubsetIds,
  currentSubsetChange,
  readImageKeys,
  readImageGroups,
  readImageMerits,
  readStrata,
  readConceptTexts,
  selectImageIds,
  countImages,
  getAlignImage,
  getTextSources,
  listRoundSample,
  listRounds,
  previewRound,
  findGuideline,
  listGuidelineVersions,
  listReviewQueue,
  countWaiting,
  listUnmeasuredRevisions,
  countUnmeasuredRevisions,
  listProposals,
  getJudgements,
  getFateVerdicts,
  findTextVerdicts,
  listSwitchedOffSignals,
  listCheckWork,
  reportChecks,
  listFits,
  countChecked,
  findLookedAt,
  findCalibration,
  countLabels,
  listAcceptedTexts,
  listAnsweredUnits,
  listAcceptedCaptions,
  getColourfulness,
  listDetailAnswers,
  listUnjudgedTexts,
  listOverrides,
  planTextEdit,
  previewTextEdit,
  findJobBatch,
  listBatchReverts,
  findPicture,
  listPictures,
  countMeasured,
  listMeasured,
  listUnmeasuredPictures,
  getQualityLimits,
  countQuality,
  listQualityExamples,
  countIssues,
  insightsStamp,
  countField,
  findExtent,
  countEdits,
  countFates,
  countDuplicates,
  countSubmitted,
  listUses,
  listWords,
  countTexts,
  countSaying,
  sampleTexts,
  listFindingWork,
  getFindings,
  listFoundWords,
  listPerceptualHashes,
  findDuplicateRun,
  listDuplicateGroups,
  libraryRows,
  loadImages,
  findJob,
  findActiveJob,
  listJobs,
  listQueuedJobs,
  listJobErrors,
  listKnownLocations,
  listUnseenLocations,
  listSourceRoots,
  listPeopleAtWork,
} as const
