import { z } from 'zod'
import { ALT_ORIGINS } from '../../shared/domain/alt-origin.ts'
import { STATUSES } from '../../shared/domain/status.ts'
import type { ExchangeImage, ExchangeProject, ExchangeRound } from './format.ts'

/** Goes up when a reader of the older form could not read a newer one without loss. */
export const EXCHANGE_VERSION = 2
const EXCHANGE_FORMAT = 'realign-exchange'

const uid = z.string().min(1)
const time = z.iso.datetime().describe('UTC, ISO 8601 with milliseconds')
const count = z.int().min(0)

/** One line of `realign.jsonl`. Strict: an unknown key means data that this version would lose. */
const exchangeLine = z.strictObject({
  uid,
  file: z
    .string()
    .nullable()
    .describe('Path of the picture relative to this file, null where it was not exported'),
  fileName: z.string(),
  sha256: z.string().nullable(),
  width: count.nullable(),
  height: count.nullable(),
  format: z.string().nullable(),
  sizeBytes: count.nullable(),
  perceptualHash: z.string().nullable(),
  locations: z.array(z.string()).describe('Where the image was found in its sources'),
  status: z.enum(STATUSES),
  round: count,
  // Not in version 1, like all that has a default.
  workRound: z.int().min(1).nullable().default(null).describe('The round it is worked on in'),
  cameFrom: z
    .strictObject({ round: count, status: z.enum(STATUSES) })
    .nullable()
    .default(null)
    .describe('Where it stood before that round began'),
  tags: z.array(z.string()),
  alts: z.array(
    z.strictObject({ uid, origin: z.enum(ALT_ORIGINS), text: z.string(), createdAt: time }),
  ),
  headRevision: uid.nullable(),
  revisions: z
    .array(
      z.strictObject({
        uid,
        parent: uid.nullable(),
        round: count,
        text: z.string(),
        authorKind: z.enum(['human', 'model', 'import']),
        author: z.string(),
        note: z.string(),
        isWithdrawn: z.boolean(),
        createdAt: time,
        proposals: z.array(uid).default([]).describe('Proposals that the text took from'),
        guidelineVersion: z
          .int()
          .min(1)
          .nullable()
          .default(null)
          .describe("Version of its round's guideline that the author went by"),
        editingMs: count.nullable().default(null).describe('Time of writing in milliseconds'),
        editShare: z
          .number()
          .min(0)
          .max(1)
          .nullable()
          .default(null)
          .describe('Share of words that differ from the text the round began with'),
      }),
    )
    .describe('Oldest first; a parent comes before its children'),
  reviews: z
    .array(
      z.strictObject({
        uid,
        revision: uid.describe('What was decided on'),
        submitted: uid.describe('What waited for the decision, before the reviewer changed it'),
        round: count,
        decision: z.enum(['accepted', 'returned']),
        remark: z.string(),
        quote: z
          .strictObject({ start: count, end: count })
          .nullable()
          .describe('The stretch of text that the remark is about, in UTF-16 units'),
        reviewer: z.string(),
        isWithdrawn: z.boolean(),
        createdAt: time,
      }),
    )
    .default([])
    .describe('Oldest first'),
  proposals: z
    .array(
      z.strictObject({
        uid,
        text: z.string(),
        authorKind: z.enum(['human', 'model', 'import']),
        author: z.string(),
        note: z.string(),
        createdAt: time,
        decisions: z
          .array(
            z.strictObject({
              state: z.enum(['open', 'accepted', 'partly-accepted', 'rejected']),
              author: z.string(),
              createdAt: time,
            }),
          )
          .describe('Oldest first; the last one counts, and without any it is open'),
      }),
    )
    .default([]),
  overrides: z
    .array(
      z.strictObject({
        uid,
        kind: z.enum(['fate', 'verdict', 'hygiene', 'detail']),
        alt: uid.nullable().describe('The alt-text that the words are of; null for the caption'),
        rule: z.string().nullable(),
        words: z.string(),
        occurrence: count.describe('Which occurrence of the words, from 0'),
        answer: z.string().nullable().describe('null takes the answer before it back'),
        reason: z.string(),
        author: z.string(),
        revision: uid.nullable().describe('The first revision that carries it'),
        createdAt: time,
      }),
    )
    .default([])
    .describe('Oldest first; of the answers about one thing the last one counts'),
  draft: z.strictObject({ text: z.string(), base: uid.nullable(), savedAt: time }).nullable(),
  problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
})
type ExchangeLine = z.infer<typeof exchangeLine>

const exchangeRound = z.strictObject({
  number: count,
  name: z.string(),
  createdAt: time.nullable().default(null),
  options: z
    .strictObject({
      needsOtherPerson: z.boolean(),
      sampleShare: z.number().min(0).max(1),
      sampleSeed: count,
      stopBelowEdit: z.number().min(0).max(1).nullable(),
    })
    .default({ needsOtherPerson: false, sampleShare: 1, sampleSeed: 0, stopBelowEdit: null }),
  guidelines: z
    .array(
      z.strictObject({
        version: z.int().min(1),
        markdown: z.string(),
        author: z.string(),
        createdAt: time,
      }),
    )
    .default([]),
})

const exchangeHeader = z.strictObject({
  format: z.literal(EXCHANGE_FORMAT),
  version: z.int(),
  app: z.strictObject({ name: z.string(), version: z.string() }).nullable(),
  project: z.strictObject({ uid, name: z.string() }).nullable(),
  people: z.array(z.string()),
  rounds: z.array(exchangeRound),
  counts: z.strictObject({ images: count, alts: count, revisions: count }),
})
type ExchangeHeader = z.infer<typeof exchangeHeader>

export interface ExchangeCounts {
  readonly images: number
  readonly alts: number
  readonly revisions: number
}

/** The JSON Schema (draft 2020-12) of a line, with that of the header as `$defs/header`. */
export function exchangeJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...line } = z.toJSONSchema(exchangeLine)
  const { $schema: _, ...header } = z.toJSONSchema(exchangeHeader)
  return {
    $schema,
    title: 'Realign exchange form: one line of realign.jsonl',
    ...line,
    $defs: { header: { title: 'realign.json', ...header } },
  }
}

export function encodeExchangeLine(image: ExchangeImage, file: string | null): string {
  const line: ExchangeLine = {
    uid: image.uid,
    file,
    fileName: image.fileName,
    sha256: image.sha256,
    width: image.width,
    height: image.height,
    format: image.format,
    sizeBytes: image.sizeBytes,
    perceptualHash: image.perceptualHash,
    locations: [...image.locations],
    status: image.status,
    round: image.round,
    workRound: image.workRound,
    cameFrom: image.cameFrom,
    tags: [...image.tags],
    alts: image.alts.map(({ uid, origin, text, createdAt }) => ({
      uid,
      origin,
      text,
      createdAt: toIso(createdAt),
    })),
    headRevision: image.headRevision,
    revisions: image.revisions.map((revision) => ({
      uid: revision.uid,
      parent: revision.parent,
      round: revision.round,
      text: revision.text,
      authorKind: revision.authorKind,
      author: revision.author,
      note: revision.note,
      isWithdrawn: revision.isWithdrawn,
      createdAt: toIso(revision.createdAt),
      proposals: [...revision.proposals],
      guidelineVersion: revision.guidelineVersion,
      editingMs: revision.editingMs,
      editShare: revision.editShare,
    })),
    reviews: image.reviews.map((review) => ({
      uid: review.uid,
      revision: review.revision,
      submitted: review.submitted,
      round: review.round,
      decision: review.decision,
      remark: review.remark,
      quote: review.quote,
      reviewer: review.reviewer,
      isWithdrawn: review.isWithdrawn,
      createdAt: toIso(review.createdAt),
    })),
    proposals: image.proposals.map((proposal) => ({
      uid: proposal.uid,
      text: proposal.text,
      authorKind: proposal.authorKind,
      author: proposal.author,
      note: proposal.note,
      createdAt: toIso(proposal.createdAt),
      decisions: proposal.decisions.map(({ state, author, createdAt }) => ({
        state,
        author,
        createdAt: toIso(createdAt),
      })),
    })),
    overrides: image.overrides.map((override) => ({
      uid: override.uid,
      kind: override.kind,
      alt: override.alt === null ? null : (image.alts[override.alt]?.uid ?? null),
      rule: override.rule,
      words: override.words,
      occurrence: override.occurrence,
      answer: override.answer,
      reason: override.reason,
      author: override.author,
      revision: override.revision,
      createdAt: toIso(override.createdAt),
    })),
    draft:
      image.draft === null
        ? null
        : { text: image.draft.text, base: image.draft.base, savedAt: toIso(image.draft.savedAt) },
    problem:
      image.problem === null ? null : { code: image.problem.code, message: image.problem.message },
  }
  return JSON.stringify(line)
}

/** Reads one parsed line; a text in place of the image says what is wrong with it. */
export function decodeExchangeLine(
  value: unknown,
): { readonly image: ExchangeImage; readonly file: string | null } | string {
  const parsed = exchangeLine.safeParse(value)
  if (!parsed.success) return describeIssues(parsed.error)
  const { file, ...line } = parsed.data
  const broken = findBrokenReference(line)
  if (broken !== null) return broken
  const image: ExchangeImage = {
    ...line,
    alts: line.alts.map((alt) => ({ ...alt, createdAt: Date.parse(alt.createdAt) })),
    revisions: line.revisions.map((revision) => ({
      ...revision,
      createdAt: Date.parse(revision.createdAt),
    })),
    reviews: line.reviews.map((review) => ({ ...review, createdAt: Date.parse(review.createdAt) })),
    proposals: line.proposals.map((proposal) => ({
      ...proposal,
      createdAt: Date.parse(proposal.createdAt),
      decisions: proposal.decisions.map((decision) => ({
        ...decision,
        createdAt: Date.parse(decision.createdAt),
      })),
    })),
    overrides: line.overrides.map((override) => ({
      ...override,
      alt: override.alt === null ? null : line.alts.findIndex(({ uid }) => uid === override.alt),
      createdAt: Date.parse(override.createdAt),
    })),
    draft: line.draft === null ? null : { ...line.draft, savedAt: Date.parse(line.draft.savedAt) },
  }
  return { image, file }
}

export function encodeExchangeHeader(
  project: ExchangeProject | undefined,
  counts: ExchangeCounts,
): string {
  const header: ExchangeHeader = {
    format: EXCHANGE_FORMAT,
    version: EXCHANGE_VERSION,
    app: project === undefined ? null : { name: 'Realign', version: project.appVersion },
    project: project === undefined ? null : { uid: project.uid, name: project.name },
    people: [...(project?.people ?? [])],
    rounds: (project?.rounds ?? []).map(encodeRound),
    counts,
  }
  return `${JSON.stringify(header, null, 2)}\n`
}

function encodeRound(round: ExchangeRound): ExchangeHeader['rounds'][number] {
  return {
    number: round.number,
    name: round.name,
    createdAt: round.createdAt === null ? null : toIso(round.createdAt),
    options: round.options,
    guidelines: round.guidelines.map(({ version, markdown, author, createdAt }) => ({
      ...{ version, markdown, author },
      createdAt: toIso(createdAt),
    })),
  }
}

function decodeRound(round: ExchangeHeader['rounds'][number]): ExchangeRound {
  return {
    ...round,
    createdAt: round.createdAt === null ? null : Date.parse(round.createdAt),
    guidelines: round.guidelines.map((guideline) => ({
      ...guideline,
      createdAt: Date.parse(guideline.createdAt),
    })),
  }
}

/** The version that a header claims, before anything else of it is looked at; null for another kind of file. */
export function findHeaderVersion(value: unknown): number | null {
  const parsed = z.object({ format: z.literal(EXCHANGE_FORMAT), version: z.int() }).safeParse(value)
  return parsed.success ? parsed.data.version : null
}

/** Reads a parsed header; a text in its place says what is wrong with it. */
export function decodeExchangeHeader(
  value: unknown,
): { readonly project: ExchangeProject | null; readonly counts: ExchangeCounts } | string {
  const parsed = exchangeHeader.safeParse(value)
  if (!parsed.success) return describeIssues(parsed.error)
  const { app, project, people, counts } = parsed.data
  const rounds = parsed.data.rounds.map(decodeRound)
  return {
    project:
      project === null ? null : { ...project, appVersion: app?.version ?? '', people, rounds },
    counts,
  }
}

function findBrokenReference(
  line: Pick<
    ExchangeLine,
    'alts' | 'headRevision' | 'revisions' | 'reviews' | 'proposals' | 'overrides' | 'draft'
  >,
): string | null {
  const known = new Set<string>()
  const proposed = new Set(line.proposals.map((proposal) => proposal.uid))
  for (const { uid: revision, proposals } of line.revisions) {
    const lost = proposals.find((proposal) => !proposed.has(proposal))
    if (lost !== undefined) {
      return `The revision "${revision}" names a proposal "${lost}", which is not among the proposals.`
    }
  }
  for (const { uid: revision, parent } of line.revisions) {
    if (known.has(revision)) return `The revision "${revision}" is there twice.`
    if (parent !== null && !known.has(parent)) {
      return `The revision "${revision}" names a parent "${parent}" that does not come before it.`
    }
    known.add(revision)
  }
  if (line.headRevision !== null && !known.has(line.headRevision)) {
    return `"headRevision" names "${line.headRevision}", which is not among the revisions.`
  }
  for (const review of line.reviews) {
    const lost = [review.revision, review.submitted].find((revision) => !known.has(revision))
    if (lost === undefined) continue
    return `The review "${review.uid}" names "${lost}", which is not among the revisions.`
  }
  for (const { uid: override, alt, revision } of line.overrides) {
    if (alt !== null && !line.alts.some((other) => other.uid === alt)) {
      return `The override "${override}" names an alt-text "${alt}", which is not there.`
    }
    if (revision !== null && !known.has(revision)) {
      return `The override "${override}" names "${revision}", which is not among the revisions.`
    }
  }
  const base = line.draft?.base ?? null
  return base === null || known.has(base)
    ? null
    : `"draft.base" names "${base}", which is not among the revisions.`
}

function describeIssues(error: z.ZodError): string {
  const shown = error.issues.slice(0, 3).map(({ path, message }) => {
    const place = path.map(String).join('.')
    return place === '' ? message : `"${place}": ${message}`
  })
  const more = error.issues.length > 3 ? ` and ${error.issues.length - 3} more` : ''
  return `The object does not fit the exchange form: ${shown.join('; ')}${more}.`
}

function toIso(timeMs: number): string {
  return new Date(timeMs).toISOString()
}
