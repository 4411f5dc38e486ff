import type { FateReason } from '../../../shared/domain/fate.ts'
import type { JobId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Sort } from '../../../shared/domain/sort.ts'
import type { Status } from '../../../shared/domain/status.ts'

interface AppCommandArguments {
  'app.palette': undefined
  'app.help': undefined
  'app.goToLibrary': undefined
  'app.goToAlign': undefined
  'app.goToImport': undefined
  'app.goToExport': { readonly query: string } | undefined
  'app.goToJobs': undefined
  'app.goToModels': undefined
  'app.goToDuplicates': undefined
  'app.goToChecks': undefined
  'app.goToInsights': undefined
  'app.goToQuality': undefined
  'app.goToReview': undefined
  'app.goToRounds': undefined
  'app.goToSettings': undefined
  'app.goToProjects': undefined
  'app.openProject': { readonly folder: string }
  'app.createProject': { readonly folder: string }
  'app.openSample': undefined
  'app.setTheme': { readonly theme: 'system' | 'light' | 'dark' }
  'jobs.cancel': { readonly jobId: JobId }
  'jobs.resume': { readonly jobId: JobId }
  'jobs.pauseLane': { readonly lane: 'io' | 'cpu' | 'gpu'; readonly paused: boolean }
}

interface LibraryCommandArguments {
  'library.focusQuery': undefined
  /** Puts `sim:""` into the query, ready for words. */
  'library.searchByMeaning': undefined
  'library.moreLikeThis': undefined
  'library.setQuery': { readonly query: string }
  'library.clearQuery': undefined
  'library.setSort': { readonly sort: Sort }
  'library.setLayout': { readonly layout: 'grid' | 'table' }
  'library.largerTiles': undefined
  'library.smallerTiles': undefined
  'library.toggleFilters': undefined
  'library.saveView': undefined
  'library.manageViews': undefined
  'library.selectAll': undefined
  'library.clearSelection': undefined
  'library.align': undefined
  'library.reveal': undefined
  'library.setStatus': { readonly status: Status }
  'library.editTags': undefined
  /** Changes many captions at once. */
  'library.editTexts': undefined
  'library.setTag': { readonly tag: string; readonly on: boolean }
  'library.exportSelection': undefined
  /** Holds the captions of the selection, else of all that match, against their pictures. */
  'library.checkCaptions': undefined
  /** Takes the newest change of the project back, a batch as one. */
  'library.undo': undefined
  'library.redo': undefined
}

interface AlignCommandArguments {
  'align.submit': undefined
  'align.next': undefined
  'align.previous': undefined
  'align.undo': undefined
  'align.redo': undefined
  'align.toggleDiff': undefined
  'align.setStatus': { readonly status: Status }
  'align.discardDraft': undefined
  'align.restore': { readonly revisionId: RevisionId }
  /** Replaces the caption by a text, e.g. an alt-text; typing undo takes it back. */
  'align.useText': { readonly text: string }
  'align.focusEditor': undefined
  'align.focusPicture': undefined
  'align.zoomIn': undefined
  'align.zoomOut': undefined
  'align.zoomFit': undefined
  'align.zoomActual': undefined
  'align.toggleTrainerView': undefined
  /** Boxes of detectors and lines of OCR over the picture. */
  'align.toggleFound': undefined
  /** Where in the picture each part of the caption was looked for. */
  'align.toggleRegions': undefined
  'align.backToLibrary': undefined
}

interface CompareCommandArguments {
  'align.compareNext': undefined
  'align.comparePrevious': undefined
  'align.toggleSideBySide': undefined
  'align.toggleBlame': undefined
  'align.sayWhoWrote': undefined
  'align.focusRounds': undefined
  'align.restoreRound': undefined
  /** Changes of the open proposal, or of the merge of two people's texts. */
  'align.nextChange': undefined
  'align.previousChange': undefined
  'align.takeWhole': undefined
  'proposals.open': undefined
  /** Puts the open text beside the caption, as a proposal of the person. */
  'proposals.propose': undefined
  'proposals.takeChange': undefined
  'proposals.takeSentence': undefined
  'proposals.rejectChange': undefined
  'proposals.reject': undefined
  'conflict.mine': undefined
  'conflict.theirs': undefined
  'conflict.both': undefined
}

interface ReviewCommandArguments {
  'review.accept': undefined
  'review.return': undefined
  'review.edit': undefined
  /** Goes on with what somebody else made of the caption meanwhile. */
  'review.showNewer': undefined
  /** Takes the newest decision of this window back. */
  'review.undo': undefined
  'review.next': undefined
  'review.previous': undefined
  /** Between the longest waiting first and what the checks doubt most first. */
  'review.turnOrder': undefined
  'review.openInAlign': undefined
}

interface ExportCommandArguments {
  'export.save': undefined
  'export.versions': undefined
  'export.start': undefined
}

interface MarkCommandArguments {
  'align.nextMark': undefined
  'align.previousMark': undefined
  /** Does what stands first among the actions of the mark at the caret. */
  'align.fixMark': undefined
  'align.markActions': undefined
  /** Answers the first open question about words given up from an alt-text. */
  'align.giveReason': { readonly reason: FateReason }
  'align.insertDetail': { readonly index: number }
  'align.dismissDetail': { readonly index: number }
}

/** Every command and what it must be told; `undefined` for those that need nothing. */
export type CommandArguments = AppCommandArguments &
  LibraryCommandArguments &
  AlignCommandArguments &
  CompareCommandArguments &
  MarkCommandArguments &
  ExportCommandArguments &
  ReviewCommandArguments
