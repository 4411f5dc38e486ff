import { z } from 'zod'
import { MAX_CONCEPTS } from '../domain/concept-list.ts'
import { parsePrefixTemplate } from '../domain/prefix-template.ts'
import { OVER_LIMIT, TEXT_CHOICES, TEXT_ROLES } from '../domain/text-choice.ts'
import { TOKEN_TARGETS } from '../domain/token-budget.ts'
import { jobId, procedure, queryText } from './base.ts'
import { CONCEPT_TEXTS, subset, subsetCounts } from './subset.ts'

const MAX_SEED = 0xffff_ffff

const exportGroup = z.enum(['data-set', 'training', 'annotation', 'exchange'])
export type ExportGroup = z.infer<typeof exportGroup>

const formatInfo = z.object({
  id: z.string(),
  label: z.string(),
  group: exportGroup,
  /** A few words, on one line of a list. */
  summary: z.string(),
  description: z.string(),
  /** Whether the format writes picture files beside the texts. */
  hasImages: z.boolean(),
  /** Whether an image may have several texts in it; else the first of them is written. */
  holdsSeveral: z.boolean(),
  /** Whether it is cut into archives or files of so many images. */
  isSharded: z.boolean(),
})
export type ExportFormat = z.infer<typeof formatInfo>

const weight = z.number().min(0).max(1_000)

/** Jobs keep it, so a member that is new needs a default. */
export const exportOptions = z.object({
  /**
   * Which text a row carries: the caption, the caption with the first alt-text where there is none, the first alt-text,
   * one text drawn by the weights of `mix`, or all texts of `roles`.
   */
  text: z.enum(TEXT_CHOICES).default('caption-or-alt'),
  roles: z
    .array(z.enum(TEXT_ROLES))
    .min(1)
    .default([...TEXT_ROLES]),
  /** How likely each role is; those without a text leave their share to the others. */
  mix: z
    .object({ caption: weight, alt: weight, revision: weight })
    .refine((mix) => mix.caption + mix.alt + mix.revision > 0, {
      message: 'At least one share of the mix must be more than 0.',
    })
    .default({ caption: 0.7, alt: 0.3, revision: 0 }),
  /** The same seed draws the same texts and sentences for the same images. */
  seed: z.int().min(0).max(MAX_SEED).default(0),
  /** Keeps some sentences of each text, the first ones or some at random, in their order. */
  sentences: z
    .object({ pick: z.enum(['first', 'random']), count: z.int().min(1).max(100) })
    .nullable()
    .default(null),
  /** Tokens that a text may have, its prefix counted in; `limit` null is the window of the target. */
  tokens: z
    .object({
      target: z.enum(TOKEN_TARGETS.map(({ id }) => id)),
      limit: z.int().min(1).max(100_000).nullable().default(null),
      over: z.enum(OVER_LIMIT).default('sentence'),
    })
    .nullable()
    .default(null),
  /** Stands before every text (`domain/prefix-template.ts`). */
  prefix: z
    .string()
    .max(500)
    .default('')
    .superRefine((template, issues) => {
      const parsed = parsePrefixTemplate(template)
      if (!parsed.ok) issues.addIssue({ code: 'custom', message: parsed.message })
    }),
  /** Images in one archive or file of a format that is cut into some; null for its habit. */
  shardImages: z.int().min(1).max(1_000_000).nullable().default(null),
  /** Adds a data set card (README.md) and croissant.json, with what only people can tell; null for neither. */
  describe: z
    .object({
      licence: z.string().max(200).default(''),
      url: z.string().max(1_000).default(''),
      creator: z.string().max(200).default(''),
      description: z.string().max(4_000).default(''),
    })
    .nullable()
    .default(null),
  /**
   * How picture files get to the target. A hard link costs no space, but who edits the exported file in place then
   * edits the source too; so copies (which share blocks where the file system can) are the default.
   */
  images: z.enum(['copy', 'link-or-copy', 'none']).default('copy'),
  /** CSV only: guard cells that a spreadsheet would run as a formula. Changes text, so off by default. */
  spreadsheetSafe: z.boolean().default(false),
  /** CSV and TSV only: start with U+FEFF, without which Excel takes the file for one of the local code page. */
  byteOrderMark: z.boolean().default(false),
})
export type ExportOptions = z.infer<typeof exportOptions>

const preview = z.object({
  count: z.number(),
  files: z.array(z.object({ name: z.string(), content: z.string() })),
  warnings: z.array(z.string()),
})
export type ExportPreview = z.infer<typeof preview>

const finding = z.object({
  id: z.string(),
  /** Something is wrong, or worth knowing. */
  weight: z.enum(['problem', 'note']),
  /** Of those looked at; null where it is about the whole. */
  images: z.number().nullable(),
  /** Goes on from the number of images where there is one. */
  message: z.string(),
  /** Lists these images in the library; null where no query says it. */
  query: z.string().nullable(),
  /** Names of the first few. */
  examples: z.array(z.string()),
})
export type ExportFinding = z.infer<typeof finding>

const check = z.object({
  images: z.number(),
  /** Images that were looked at, spread evenly over all of them. */
  looked: z.number(),
  /** What would become of those. */
  counts: z.object({ done: z.number(), skipped: z.number(), failed: z.number() }),
  /** Problems first. */
  findings: z.array(finding),
})
export type ExportCheck = z.infer<typeof check>

const request = z.object({
  format: z.string(),
  where: queryText.default(''),
  subset: subset.prefault({}),
  options: exportOptions.prefault({}),
})

export const exports = {
  formats: procedure.output(z.array(formatInfo)),
  /** The first rows as they would be written, and what would be left out. */
  preview: procedure.input(request).output(preview),
  /** What is wrong or worth knowing of what would be written; nothing is. */
  check: procedure
    .input(request.extend({ most: z.int().min(1).max(100_000_000).default(5_000) }))
    .output(check),
  /** How many images each step of the subset leaves, and how many are in each split. */
  counts: procedure.input(request.pick({ where: true, subset: true })).output(subsetCounts),
  /**
   * What the texts of a query's images mostly name, ready for the list of a balance: nouns of things that can be seen, with
   * their spellings, by how many of the `sampled` images say them. English only; the seed decides the sample.
   */
  concepts: procedure
    .input(
      z.object({
        where: queryText.default(''),
        texts: z.enum(CONCEPT_TEXTS).default('caption-or-alt'),
        seed: z.int().min(0).max(MAX_SEED).default(0),
        most: z.int().min(1).max(MAX_CONCEPTS).default(200),
      }),
    )
    .output(
      z.object({
        concepts: z.array(z.object({ concept: z.string(), images: z.number() })),
        /** Images that were looked at, of those of the query. */
        sampled: z.number(),
        of: z.number(),
      }),
    ),
  start: procedure.input(request.extend({ out: z.string().min(1) })).output(z.object({ jobId })),
}
