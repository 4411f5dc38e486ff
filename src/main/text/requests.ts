import type { AnchorMetrics, Fate, FateReason, UnitFate } from '../../shared/domain/fate.ts'
import type { HygieneMark, TextLanguage } from '../../shared/domain/hygiene.ts'
import type { OverLimit } from '../../shared/domain/text-choice.ts'
import type { TextSpan, TextUnit } from '../../shared/domain/text-unit.ts'
import type { TokenBudget, TokenTargetId } from '../../shared/domain/token-budget.ts'
import type { Agreement } from './fates/measure-round.ts'

/** A person's reason for giving up some words of an alt-text; `occurrence` counts equal words from 0. */
export interface GivenReason {
  readonly words: string
  readonly occurrence: number
  readonly reason: FateReason
}

/** Where the tokenizer of a target lies on the disk. */
export interface TokenizerFiles {
  readonly target: TokenTargetId
  /** A `tokenizer.json`. */
  readonly tokenizer: string
  /** Its `tokenizer_config.json`; null where the pack has none. */
  readonly config: string | null
}

export interface AnalyseArgs {
  readonly altTexts: readonly {
    readonly text: string
    readonly reasons: readonly GivenReason[]
  }[]
  readonly caption: string
  /** Of targets without one, or with one that cannot be read, the tokens are estimated. */
  readonly tokenizers: readonly TokenizerFiles[]
}

export interface TextFindings {
  readonly units: TextUnit[]
  readonly hygiene: HygieneMark[]
  readonly language: TextLanguage
}

export interface Analysis {
  /** One for each alt-text asked about, in the same order. */
  readonly altTexts: readonly (TextFindings & {
    readonly fates: UnitFate[]
    readonly metrics: AnchorMetrics
  })[]
  readonly caption: TextFindings & { readonly budgets: TokenBudget[] }
}

/** A revision with what its measures are taken against. */
export interface MeasureArgs {
  readonly text: string
  /** The alt-text that round 1 started from; null where the image came without one. */
  readonly anchor: string | null
  /** The text that its round started from; null where there was none. */
  readonly before: string | null
  /** Why words of the anchor were given up. */
  readonly reasons: readonly GivenReason[]
}

export interface RevisionMeasures extends AnchorMetrics {
  /** Word edit distance to `before`, as a share of the longer text. */
  readonly edit: number | null
  /** How far the things it names agree with those of `before`; null where there was none. */
  readonly phrases: Agreement | null
  /** How many units of the anchor came to which fate. */
  readonly fates: Readonly<Partial<Record<Fate, number>>>
}

export interface PlanArgs {
  readonly text: string
  /** What detectors have names for. */
  readonly labels: readonly string[]
}

/** Where to look for things that a caption may not say. */
export interface UnsaidArgs {
  readonly caption: string
  readonly altTexts: readonly string[]
  /** Captions of images that look alike. */
  readonly neighbours: readonly string[]
  /** What detectors found. */
  readonly labels: readonly string[]
  /** Any others. */
  readonly nouns: readonly string[]
}

export interface UnsaidThing {
  /** In the singular, in lower case. */
  readonly noun: string
  /** Ready to be put into a text: "a fire truck", "bees", "snow". */
  readonly phrase: string
  /** Share of the texts that say it. */
  readonly share: number
}

/** A colour or a number that a caption could tell of a thing that it names. */
export interface SaidProperty {
  /** "red", "three". */
  readonly value: string
  /** To ask a picture for, and to be shown: "a red car", "three cats". */
  readonly phrase: string
  /** What takes the place of which words of the caption, and of which occurrence of them, from 0. */
  readonly instead: {
    readonly words: string
    readonly occurrence: number
    readonly insert: string
  }
}

/** A thing that a caption names, by the span of its noun. */
export interface SaidThing extends TextSpan {
  /** In the singular, in lower case. */
  readonly noun: string
  /** To ask a picture for: "a car", "cats". */
  readonly asked: string
  /** Empty where its colour is told already. */
  readonly colours: readonly SaidProperty[]
  /** Empty where it is one, or a number is told already. */
  readonly counts: readonly SaidProperty[]
}

/** What of each list the caption does not say. */
export interface Unsaid {
  /** What it does say, with what is left to be told of it. */
  readonly said: readonly SaidThing[]
  readonly altTexts: readonly UnsaidThing[]
  readonly neighbours: readonly UnsaidThing[]
  readonly labels: readonly UnsaidThing[]
  readonly nouns: readonly string[]
}

/** Texts on their way out, and what is kept of them. */
export interface ShapeArgs {
  readonly texts: readonly {
    /** Stands before the text: it counts, and is never cut. */
    readonly prefix: string
    readonly text: string
    /** Decides what is drawn. */
    readonly key: string
  }[]
  /** Null for all of them. */
  readonly sentences: { readonly pick: 'first' | 'random'; readonly count: number } | null
  readonly tokens: {
    readonly target: TokenTargetId
    /** Null for the window of the target. */
    readonly limit: number | null
    readonly over: OverLimit
  } | null
  readonly tokenizers: readonly TokenizerFiles[]
}

export interface ShapedTexts {
  /** Without their prefixes; null for a text that is to be left out. */
  readonly texts: readonly { readonly text: string | null; readonly isCut: boolean }[]
  /** Whether tokens were counted by the tokenizer of the target. */
  readonly isExact: boolean
}
