import type { ExchangeImage } from './format.ts'

type Answer = ExchangeImage['overrides'][number]

/** What people said and were offered beside the caption, for formats that can hold lists of objects. */
interface AnswerColumns {
  /** Why something that an alt-text says was given up; `alt` is the place of the alt-text in the row's list. */
  readonly reasons: readonly {
    readonly alt: number | null
    readonly words: string
    readonly occurrence: number
    readonly reason: string | null
  }[]
  readonly overrides: readonly {
    readonly kind: string
    readonly rule: string | null
    readonly words: string
    readonly occurrence: number
    readonly answer: string | null
    readonly reason: string
  }[]
  /** People are not named in tables: `author` is that of a model or of an imported column. */
  readonly proposals: readonly {
    readonly text: string
    readonly state: string
    readonly author_kind: string
    readonly author: string | null
    readonly created_at: string
  }[]
}

export function answerColumns(image: ExchangeImage): AnswerColumns {
  const standing = standingAnswers(image.overrides)
  return {
    reasons: standing
      .filter(({ kind }) => kind === 'fate')
      .map(({ alt, words, occurrence, answer }) => ({ alt, words, occurrence, reason: answer })),
    overrides: standing
      .filter(({ kind }) => kind !== 'fate')
      .map(({ kind, rule, words, occurrence, answer, reason }) => {
        return { kind, rule, words, occurrence, answer, reason }
      }),
    proposals: image.proposals.map((proposal) => ({
      text: proposal.text,
      state: proposal.decisions.at(-1)?.state ?? 'open',
      author_kind: proposal.authorKind,
      author: proposal.authorKind === 'human' ? null : proposal.author,
      created_at: new Date(proposal.createdAt).toISOString(),
    })),
  }
}

/** The last answer about each thing, unless it takes the one before it back. */
function standingAnswers(answers: readonly Answer[]): readonly Answer[] {
  const last = new Map<string, Answer>()
  for (const answer of answers) {
    const { kind, alt, rule, words, occurrence } = answer
    last.set(JSON.stringify([kind, alt, rule, words, occurrence]), answer)
  }
  return [...last.values()].filter(({ answer }) => answer !== null)
}
