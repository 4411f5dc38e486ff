import type { Findings } from '../../../shared/contract/findings.ts'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { CheckSignal } from '../../../shared/domain/check-signal.ts'
import type { PackRef } from '../../../shared/domain/pack.ts'
import type { PlannedUnit } from '../../../shared/domain/check-plan.ts'
import type { FoundBox } from '../../checks/box-evidence.ts'
import {
  gatherEvidence,
  type LookAnswers,
  type PictureFindings,
} from '../../checks/gather-evidence.ts'
import { withinBudget } from '../../checks/foil-budget.ts'
import { judgeUnit } from '../../checks/judge-unit.ts'
import { wishFor, type LookWish } from '../../checks/look-wish.ts'
import type { UnitEvidence } from '../../checks/unit-evidence.ts'
import type { WantedSignals } from '../../checks/used-signals.ts'
import type { Db } from '../../db/client.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { Urgency } from '../../models/requests.ts'
import type { TextClient } from '../../text/client.ts'
import { scaleOf, type CheckEncoder, type CheckGround, type InstalledDetector } from './ground.ts'
import { LEAST_BOX_SCORE } from './shipped-calibration.ts'

/** Longer texts are no captions, and reading them would hold up everybody who types. */
const MAX_CHARACTERS = 12_000
const MAX_UNITS = 500

export interface CheckTools {
  readonly text: TextClient
  readonly inference: InferenceClient
  /** What a detector has names for; empty where it is no longer there. */
  readonly detectorLabels: (pack: PackRef) => Promise<readonly string[]>
}

/** A picture whose file is there. */
export interface CheckedPicture {
  readonly id: ImageId
  readonly path: string
  readonly hash: string
}

interface TextCheckUnit extends Verdict {
  readonly signals: Readonly<Partial<Record<CheckSignal, number>>>
}

export type TextCheck =
  | {
      readonly kind: 'checked'
      readonly units: readonly TextCheckUnit[]
      /** Mean cosine of the sentences with the picture; null without any. */
      readonly score: number | null
    }
  | MissingCheck

interface MissingCheck {
  readonly kind: 'missing'
  readonly why: string
  /** True of words that are not for checks to read, whatever the picture shows. */
  readonly isOfText: boolean
}

type SeenText =
  | {
      readonly kind: 'seen'
      /** In the order of the text, each with what the signals say of it. */
      readonly units: readonly { readonly unit: PlannedUnit; readonly evidence: UnitEvidence }[]
      readonly score: number | null
    }
  | MissingCheck

interface LookedAt {
  readonly db: Db
  readonly ground: CheckGround
  readonly picture: CheckedPicture
  readonly caption: string
  readonly urgency: Urgency
  readonly signal?: AbortSignal
}

/** Judges the units of a text by a picture, or says in words why not. Stores no verdicts. */
export async function checkText(tools: CheckTools, at: LookedAt): Promise<TextCheck> {
  const seen = await seeText(tools, at, at.ground.wanted)
  if (seen.kind === 'missing') return seen
  return {
    kind: 'checked',
    units: seen.units.map(({ unit, evidence }) => ({
      ...judgeUnit(unit, evidence, at.ground.tables),
      signals: evidence.signals,
    })),
    score: seen.score,
  }
}

/**
 * What the wanted signals say of the units of a text, or in words why nothing can. Boxes that the detector in use has not
 * drawn in the picture yet are drawn, and kept.
 */
export async function seeText(
  tools: CheckTools,
  at: LookedAt,
  wanted: WantedSignals,
): Promise<SeenText> {
  const { ground, caption } = at
  if (caption.trim() === '') return { kind: 'missing', why: EMPTY, isOfText: false }
  const unread = whyUnread(caption)
  if (unread !== null) return silent(unread)
  const findings = await readFindings(tools, at)
  const plan = await tools.text.plan({ text: caption, labels: findings.labels })
  const { code, isReliable } = plan.language
  if (isReliable && code !== null && code !== 'en') return silent(notEnglish(code))
  if (plan.units.length > MAX_UNITS) return silent(TOO_MANY)
  const units = withinBudget(plan.units, ground.foils, wanted)
  const looked =
    ground.encoder === null
      ? NOTHING_ASKED
      : await askEncoder(tools, { ...at, encoder: ground.encoder, units, wanted })
  const boxes = await findings.boxesFor(units, wanted)
  const evidence = gatherEvidence({
    ...{ units, ...looked, wanted, off: ground.off },
    findings: { boxes, lines: findings.lines },
  })
  return {
    kind: 'seen',
    // With all of their foils: what was not asked for can be planted all the same.
    units: plan.units.flatMap((unit, index) => {
      const found = evidence[index]
      return found === undefined ? [] : [{ unit, evidence: found }]
    }),
    score: scoreOf(plan.units, looked),
  }
}

function silent(why: string): MissingCheck {
  return { kind: 'missing', why, isOfText: true }
}

const EMPTY = 'There is no text to check yet.'
const OTHER_LETTERS =
  'This text is not written in Latin letters. Checks read English only, so they say nothing about it.'
const TOO_LONG =
  'This text is too long to be checked: captions of up to about 2,000 words are. Shorten it, or check it in parts.'

const TOO_MANY = `This text says more than ${MAX_UNITS} things, and checks go through that many at most. Shorten it, or check it in parts.`

/** Why nobody has to look at a text; null where its language has to be found out first. */
function whyUnread(text: string): string | null {
  if (text.length > MAX_CHARACTERS) return TOO_LONG
  const letters = (text.match(/\p{L}/gu) ?? []).length
  const latin = (text.match(/\p{Script=Latin}/gu) ?? []).length
  return latin * 2 < letters ? OTHER_LETTERS : null
}

function notEnglish(code: string): string {
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code
  return `This text seems to be ${name}. Checks read English only, so they say nothing about it.`
}

interface Asked {
  readonly wish: LookWish
  readonly answers: LookAnswers
  readonly scale: number
}

const NOTHING_ASKED: Asked = {
  wish: { phrases: [], sentences: [], gated: [] },
  answers: { phrases: [], sentences: [], gates: [] },
  scale: 1,
}

async function askEncoder(
  { inference }: CheckTools,
  at: LookedAt & {
    readonly encoder: CheckEncoder
    readonly units: readonly PlannedUnit[]
    readonly wanted: WantedSignals
  },
): Promise<Asked> {
  const { picture, urgency, units, wanted } = at
  const { manifest, folder } = at.encoder
  const scale = scaleOf(manifest)
  const wish = wishFor(units, wanted)
  const answers = await inference.look(
    {
      pack: { folder, id: manifest.id, revision: manifest.revision },
      ...{ path: picture.path, hash: picture.hash, urgency, ...wish, sharpness: scale },
    },
    at.signal === undefined ? {} : { signal: at.signal },
  )
  return { wish, answers, scale }
}

/** Mean cosine of the sentences; null without any, or without an encoder. */
function scoreOf(units: readonly PlannedUnit[], { wish, answers }: Asked): number | null {
  const sentences = new Set(units.map(({ sentence }) => sentence.text))
  const scores = wish.sentences.flatMap((text, index) =>
    sentences.has(text) ? (answers.sentences[index] ?? []) : [],
  )
  return scores.length === 0 ? null : scores.reduce((sum, each) => sum + each, 0) / scores.length
}

interface TextFindings {
  readonly lines: NonNullable<Findings['ocr']>['lines'] | null
  /** What detectors have names for here. */
  readonly labels: readonly string[]
  /** Null where no detector has looked, and none in use has to for these units. */
  boxesFor(units: readonly PlannedUnit[], wanted: WantedSignals): Promise<PictureFindings['boxes']>
}

async function readFindings(tools: CheckTools, at: LookedAt): Promise<TextFindings> {
  const { db, ground, picture } = at
  const { detect, ocr } = await db.read.getFindings({ imageId: picture.id })
  const lines = ocr?.lines ?? null
  const { detector } = ground
  if (detector === null) {
    const labels = detect === null ? [] : await tools.detectorLabels(detect.pack)
    const boxes = detect === null ? null : { found: detect.boxes, labels }
    return { lines, labels, boxesFor: () => Promise.resolve(boxes) }
  }
  const { manifest, labels } = detector
  const isOfIt = detect?.pack.id === manifest.id && detect.pack.revision === manifest.revision
  return {
    ...{ lines, labels },
    async boxesFor(units, wanted) {
      const isNamed = units.some(
        ({ kind, thing }) => thing !== null && thing.labels.length > 0 && wanted(kind).has('box'),
      )
      // Where nothing else looks, it also tells what the text leaves out.
      const looksAlone = ground.encoder === null && wanted('entity').has('box')
      if (!isOfIt && !isNamed && !looksAlone) return null
      const found = isOfIt ? detect.boxes : await drawBoxes(tools, { ...at, detector })
      return { found: found.filter(({ score }) => score >= LEAST_BOX_SCORE), labels }
    },
  }
}

/** Looks with the detector in use, and keeps what it finds as if it had been asked for. */
async function drawBoxes(
  { inference }: CheckTools,
  at: LookedAt & { readonly detector: InstalledDetector },
): Promise<readonly FoundBox[]> {
  const { db, picture, urgency, detector, signal } = at
  const { id, revision } = detector.manifest
  const { path, hash } = picture
  const boxes = await inference.picture(
    { pack: { folder: detector.folder, id, revision }, task: 'boxes', path, hash, urgency },
    signal === undefined ? {} : { signal },
  )
  const results = [{ task: 'detect' as const, hash, boxes }]
  await db.write.storeFindings({ pack: { id, revision }, results, now: Date.now() })
  return boxes
}
