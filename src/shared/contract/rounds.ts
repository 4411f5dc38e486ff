import { z } from 'zod'
import { procedure, status } from './base.ts'

const roundOptions = z.object({
  /** Who submitted the round before is not offered the image again. */
  needsOtherPerson: z.boolean(),
  /** Share of the images, 0 to 1, that take part; which ones follows from the seed. */
  sampleShare: z.number().min(0).max(1),
  sampleSeed: z.int().min(0),
  /** An image takes no part once its last round changed less than this share of its words; null turns the rule off. */
  stopBelowEdit: z.number().min(0).max(1).nullable(),
})
export type RoundOptions = z.infer<typeof roundOptions>

const guideline = z.object({
  round: z.number(),
  /** From 1, one more at each change. */
  version: z.number(),
  markdown: z.string(),
  author: z.string(),
  createdAt: z.number(),
})
export type Guideline = z.infer<typeof guideline>

const roundMember = z.object({
  name: z.string(),
  /** Images whose caption of this round this person wrote last. */
  images: z.number(),
  revisions: z.number(),
  lastAt: z.number(),
})

const share = z.number().nullable()

const roundSummary = z.object({
  number: z.number(),
  name: z.string(),
  options: roundOptions,
  createdAt: z.number(),
  isCurrent: z.boolean(),
  /** Newest version, or null while nobody wrote one. */
  guideline: guideline.nullable(),
  /** Images that take part, and how many of them stand where in this round. */
  images: z.number(),
  byStatus: z.partialRecord(status, z.number()),
  people: z.array(roundMember),
  /** Means over the captions of this round; null until they are measured. */
  metrics: z.object({
    measured: z.number(),
    entityRecall: share,
    specificityLoss: share,
    copyRate: share,
    /** Word edit distance to the round before, as a share of the longer text. */
    edit: share,
  }),
  /** Of the captions of this round that stand and were checked as they stand. */
  checks: z.object({
    checked: z.number(),
    /** Share of their checkable units that the picture supports. */
    support: share,
    /**
     * Share of the captions, of a sample, that changed less than 5 %, have no unsupported unit, and leave nothing unsaid that
     * was seen; null until that is known.
     */
    settled: share,
  }),
})
export type RoundSummary = z.infer<typeof roundSummary>

const roundPreview = z.object({
  /** Images that would take part. */
  images: z.number(),
  /** Why the others would not: not done in an earlier round, not in the sample, settled by the stop rule. */
  notDone: z.number(),
  outsideSample: z.number(),
  settled: z.number(),
  /** Nobody has reviewed anything yet, so submitted captions count as done, not only accepted ones. */
  submittedCount: z.boolean(),
})
export type RoundPreview = z.infer<typeof roundPreview>

const roundName = z.string().trim().min(1).max(100)
const markdown = z.string().max(200_000)

export const rounds = {
  /** All rounds but the anchor (0), oldest first. */
  list: procedure.output(z.array(roundSummary)),
  /** What starting the next round with these options would do. */
  preview: procedure.input(z.object({ options: roundOptions })).output(roundPreview),
  /**
   * Starts the next round: it begins from the accepted text of the round before. ROUND_EMPTY when no image would take
   * part. Undo takes it back as one while nobody has worked in it.
   */
  start: procedure.input(z.object({ name: roundName, options: roundOptions })).output(roundSummary),
  /** Sample and stop rule decided who takes part and are ROUND_SETTLED once the round has begun. */
  update: procedure
    .input(z.object({ number: z.int().min(1), name: roundName, options: roundOptions }))
    .output(roundSummary),
  /** The guideline that a revision of this round would record now. */
  guideline: procedure.input(z.object({ round: z.int().min(1) })).output(guideline.nullable()),
  guidelineVersions: procedure
    .input(z.object({ round: z.int().min(1) }))
    .output(z.array(guideline)),
  /** Adds a version. GUIDELINE_CONFLICT when somebody else added one since `baseVersion` (0: there was none). */
  saveGuideline: procedure
    .input(z.object({ round: z.int().min(1), baseVersion: z.int().min(0), markdown }))
    .output(guideline),
}
