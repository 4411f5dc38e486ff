import type { TextSpan } from './text-unit.ts'

/** `error` is hardly ever wanted in a caption, `warning` mostly not, `hint` is worth a look. */
export const HYGIENE_SEVERITIES = ['error', 'warning', 'hint'] as const

export type HygieneSeverity = (typeof HYGIENE_SEVERITIES)[number]

/** Replaces a stretch of the text that holds the mark. */
export interface TextFix extends TextSpan {
  readonly insert: string
  /** What the fix does, as a command: "Delete the web address". */
  readonly label: string
}

/** Something that a rule found in a text. */
export interface HygieneMark extends TextSpan {
  /** `group/rule` as in `junk/file-name`: stable, stored with overrides, listed in the guide. */
  readonly ruleId: string
  readonly severity: HygieneSeverity
  /** What is the matter, in one short sentence. */
  readonly message: string
  readonly fix: TextFix | null
}

/** The language of a text. */
export interface TextLanguage {
  /** ISO 639-1, or null where the text is too short or mixed to tell. */
  readonly code: string | null
  readonly isReliable: boolean
}
