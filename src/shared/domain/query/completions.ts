import type { Span } from './ast.ts'
import { findField, QUERY_FIELDS, type FieldName, type FieldValue } from './fields.ts'
import { quoteValue } from './format.ts'
import { tokenize, type Token } from './lexer.ts'

export interface Completion extends Span {
  /** Replaces the query's text from `start` to `end`. */
  readonly insert: string
  readonly label: string
  readonly detail: string
}

/** What is being typed at the caret: a field's name (or a word), or a value of a known field. */
export type CompletionContext =
  | ({ readonly kind: 'field'; readonly prefix: string } & Span)
  | ({
      readonly kind: 'value'
      readonly field: FieldName
      /** A comparison that is typed already, as in `width<`; else empty. */
      readonly comparison: string
      readonly prefix: string
    } & Span)
  | { readonly kind: 'none' }

/** Values that only the project knows, such as its tags, for the fields the caller looked up. */
export type DynamicValues = Partial<Readonly<Record<FieldName, readonly string[]>>>

export function completionContext(query: string, caret: number): CompletionContext {
  const tokens = tokenize(query)
  const index = tokens.findIndex((token) => token.start < caret && caret <= token.end)
  const token = tokens[index]
  if (token === undefined) return { kind: 'field', prefix: '', start: caret, end: caret }
  switch (token.kind) {
    case 'operator':
    case 'comma':
      return valueContext(tokens, index, { prefix: '', start: caret, end: caret })
    case 'value':
      return valueContext(tokens, index, typedPart(query, token, caret))
    case 'field':
      return { kind: 'field', ...typedPart(query, token, caret) }
    case 'text':
    case 'keyword':
      return token.quoted ? { kind: 'none' } : { kind: 'field', ...typedPart(query, token, caret) }
    case 'space':
    case 'open':
    case 'minus':
      return { kind: 'field', prefix: '', start: caret, end: caret }
    case 'close':
      return { kind: 'none' }
  }
}

function typedPart(query: string, token: Token, caret: number): Span & { prefix: string } {
  const typed = query.slice(token.start, caret)
  return { prefix: typed.replace(/^"/u, ''), start: token.start, end: token.end }
}

function valueContext(
  tokens: readonly Token[],
  index: number,
  typed: Span & { readonly prefix: string },
): CompletionContext {
  const before = tokens.slice(0, index + 1)
  const name = before.findLast((token) => token.kind === 'field')
  const operator = before.findLast((token) => token.kind === 'operator')?.text ?? ''
  const field = name === undefined ? null : findField(name.text)
  if (field === null) return { kind: 'none' }
  return {
    kind: 'value',
    field: field.name,
    comparison: /^[<>]/u.exec(operator) === null ? '' : operator,
    ...typed,
  }
}

/** What could stand at the caret, best first: fields by the start of their name, values by any part of theirs. */
export function completions(
  query: string,
  caret: number,
  dynamicValues: DynamicValues = {},
): readonly Completion[] {
  const context = completionContext(query, caret)
  switch (context.kind) {
    case 'none':
      return []
    case 'field':
      return [...fieldCompletions(query, context), ...keywordCompletions(query, context)]
    case 'value':
      return valueCompletions(context, dynamicValues[context.field] ?? [])
  }
}

function fieldCompletions(
  query: string,
  context: Span & { readonly prefix: string },
): readonly Completion[] {
  const prefix = context.prefix.toLowerCase()
  const hasOperator = /^[:=~<>]/u.test(query.slice(context.end))
  return QUERY_FIELDS.filter((field) => field.name.startsWith(prefix)).map((field) => ({
    insert: hasOperator ? field.name : `${field.name}:`,
    start: context.start,
    end: context.end,
    label: `${field.name}:`,
    detail: `${field.description}, as in ${field.example}`,
  }))
}

const KEYWORDS = [
  { word: 'OR', detail: 'either side' },
  { word: 'AND', detail: 'both sides' },
  { word: 'NOT', detail: 'not the next term; - does the same' },
] as const

/** Offered only once a capital is typed, so that they are not in the way of words. */
function keywordCompletions(
  query: string,
  context: Span & { readonly prefix: string },
): readonly Completion[] {
  if (context.prefix === '') return []
  const isFirst = query.slice(0, context.start).trim() === ''
  return KEYWORDS.filter(
    ({ word }) => word.startsWith(context.prefix) && (word === 'NOT' || !isFirst),
  ).map(({ word, detail }) => ({
    insert: `${word} `,
    start: context.start,
    end: context.end,
    label: word,
    detail,
  }))
}

function valueCompletions(
  context: Span & {
    readonly field: FieldName
    readonly comparison: string
    readonly prefix: string
  },
  dynamic: readonly string[],
): readonly Completion[] {
  const field = findField(context.field)
  if (field === null) return []
  const prefix = context.prefix.toLowerCase()
  const fixed = afterComparison(field.values, context.comparison).filter(({ value }) =>
    value.toLowerCase().includes(prefix),
  )
  const starting = fixed.filter(({ value }) => value.toLowerCase().startsWith(prefix))
  const others = fixed.filter((value) => !starting.includes(value))
  return [
    ...[...starting, ...others].map(({ value, detail }) => ({
      insert: value,
      start: context.start,
      end: context.end,
      label: value,
      detail: detail === '' ? field.description : detail,
    })),
    ...dynamic.map((value) => ({
      insert: quoteValue(value),
      start: context.start,
      end: context.end,
      label: value,
      detail: field.description,
    })),
  ]
}

/** What may follow a comparison: the values that begin with it, without it. */
function afterComparison(values: readonly FieldValue[], comparison: string): readonly FieldValue[] {
  if (comparison === '') return values
  return values.flatMap(({ value, detail }) => {
    const [, sign, rest] = /^([<>]=?)(.*)$/u.exec(value) ?? []
    return sign === comparison && rest !== undefined ? [{ value: rest, detail }] : []
  })
}
