import { getAlignImage } from './queries/align.ts'
import { loadImages } from './queries/export-rows.ts'
import { findActiveJob, findJob, listJobErrors, listJobs, listQueuedJobs } from './queries/jobs.ts'
import {
  countImages,
  facets,
  libraryAround,
  libraryPage,
  selectImageIds,
  tagNames,
} from './queries/library.ts'
import { findPicture, listPictures } from './queries/media.ts'
import { listPeopleAtWork } from './queries/people.ts'
import { countStats, describeForExchange, getProject } from './queries/project.ts'
import { listKnownLocations, listSourceRoots, listUnseenLocations } from './queries/sources.ts'

/** Everything that looks at the project. Runs on the reader's thread, which cannot write. */
export const reads = {
  getProject,
  describeForExchange,
  countStats,
  libraryPage,
  libraryAround,
  facets,
  tagNames,
  selectImageIds,
  countImages,
  getAlignImage,
  findPicture,
  listPictures,
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
