import type { Findings } from '../../../shared/contract/findings.ts'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { CheckSignal } from '../../../shared/domain/check-signal.ts'
import type { PackRef } from '../../../shared/domain/pack.ts'
import { gatherEvidence } from '../../checks/gather-evidence.ts'
import { judgeUnit } from '../../checks/judge-unit.ts'
import { wishFor } from '../../checks/look-wish.ts'
import type { Db } from '../../db/client.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { Urgency } from '../../models/requests.ts'
import type { TextClient } from '../../text/client.ts'
import { scaleOf, type CheckGround } from './ground.ts'

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
  | { readonly kind: 'missing'; readonly why: string }

/** Judges the units of a text by a picture, or says in words why not. Stores nothing. */
export async function checkText(
  tools: CheckTools,
  at: {
    readonly db: Db
    readonly ground: CheckGround
    readonly picture: CheckedPicture
    readonly caption: string
    readonly urgency: Urgency
    readonly signal?: AbortSignal
  },
): Promise<TextCheck> {
  const { db, ground, picture, caption } = at
  if (caption.trim() === '') return { kind: 'missing', why: 'There is no text to check yet.' }
  if (caption.length > MAX_CHARACTERS) return { kind: 'missing', why: TOO_LONG }
  const findings = await readFindings(db, tools, picture.id)
  const labels = findings.boxes?.labels ?? []
  const plan = await tools.text.plan({ text: caption, labels })
  const { code, isReliable } = plan.language
  if (isReliable && code !== null && code !== 'en') {
    return { kind: 'missing', why: notEnglish(code) }
  }
  if (plan.units.length > MAX_UNITS) return { kind: 'missing', why: TOO_LONG }
  const { manifest, folder } = ground.encoder
  const scale = scaleOf(manifest)
  const wish = wishFor(plan.units)
  const answers = await tools.inference.look(
    {
      pack: { folder, id: manifest.id, revision: manifest.revision },
      path: picture.path,
      hash: picture.hash,
      urgency: at.urgency,
      ...wish,
      gated: ground.off.has('gate') ? [] : wish.gated,
      sharpness: scale,
    },
    at.signal === undefined ? {} : { signal: at.signal },
  )
  const evidence = gatherEvidence({
    ...{ units: plan.units, wish, answers, findings, scale, off: ground.off },
  })
  const sentences = new Set(plan.units.map(({ sentence }) => sentence.text))
  const scores = wish.sentences.flatMap((text, index) =>
    sentences.has(text) ? (answers.sentences[index] ?? []) : [],
  )
  return {
    kind: 'checked',
    units: plan.units.flatMap((unit, index) => {
      const seen = evidence[index]
      if (seen === undefined) return []
      return [{ ...judgeUnit(unit, seen, ground.table), signals: seen.signals }]
    }),
    score: scores.length === 0 ? null : scores.reduce((sum, each) => sum + each, 0) / scores.length,
  }
}

const TOO_LONG =
  'This text is too long to be checked: captions of up to about 2,000 words are. Shorten it, or check it in parts.'

function notEnglish(code: string): string {
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code
  return `This text seems to be ${name}. Checks read English only, so they say nothing about it.`
}

async function readFindings(
  db: Db,
  tools: CheckTools,
  imageId: ImageId,
): Promise<{
  readonly boxes: {
    readonly found: NonNullable<Findings['detect']>['boxes']
    readonly labels: readonly string[]
  } | null
  readonly lines: NonNullable<Findings['ocr']>['lines'] | null
}> {
  const { detect, ocr } = await db.read.getFindings({ imageId })
  return {
    boxes:
      detect === null
        ? null
        : { found: detect.boxes, labels: await tools.detectorLabels(detect.pack) },
    lines: ocr?.lines ?? null,
  }
}
