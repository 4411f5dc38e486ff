import { useEffect, useEffectEvent, useState } from 'react'
import { completionContext } from '../../../../shared/domain/query/completions.ts'
import { QUERY_FIELDS } from '../../../../shared/domain/query/fields.ts'
import { parseQuery } from '../../../../shared/domain/query/parser.ts'

export interface QueryMistake {
  readonly start: number
  readonly end: number
  readonly message: string
}

interface QueryText {
  readonly text: string
  readonly setText: (text: string) => void
  readonly mistake: QueryMistake | undefined
  /** Applies the text now; false when it has a mistake. */
  readonly applyNow: () => boolean
}

/** A query is applied this long after the last key; a mistake is shown a little later, so as not to nag. */
const APPLY_MS = 250
const COMPLAIN_MS = 700
/** The first letters of a field's name are most likely not the word to look for. */
const FIELD_NAME_MS = 1_300

interface QueryTextOptions {
  readonly query: string
  readonly serverMistake: QueryMistake | undefined
  readonly onApply: (query: string) => void
}

/** The text being typed, which becomes the query at each pause as long as it can be read. */
export function useQueryText({ query, serverMistake, onApply }: QueryTextOptions): QueryText {
  const [text, setText] = useState(query)
  const [applied, setApplied] = useState(query)
  const [mistake, setMistake] = useState<QueryMistake>()
  if (applied !== query) {
    // The query changed elsewhere (a facet, the way back): the bar follows, unless it was the cause.
    setApplied(query)
    if (text.trim() !== query.trim()) setText(query)
    setMistake(undefined)
  }
  const apply = useEffectEvent(onApply)

  useEffect(() => {
    const parsed = parseQuery(text)
    const isWrong = !parsed.ok
    const timer = setTimeout(
      () => {
        setMistake(isWrong ? parsed.error : undefined)
        if (!isWrong && text.trim() !== query.trim()) apply(text.trim())
      },
      isWrong ? COMPLAIN_MS : endsInFieldName(text) ? FIELD_NAME_MS : APPLY_MS,
    )
    return () => {
      clearTimeout(timer)
    }
  }, [text, query])

  return {
    text,
    setText: (next) => {
      setText(next)
      setMistake(undefined)
    },
    mistake: mistake ?? (text.trim() === query.trim() ? serverMistake : undefined),
    applyNow: () => {
      const parsed = parseQuery(text)
      setMistake(parsed.ok ? undefined : parsed.error)
      if (parsed.ok && text.trim() !== query) onApply(text.trim())
      return parsed.ok
    },
  }
}

function endsInFieldName(text: string): boolean {
  const context = completionContext(text, text.length)
  if (context.kind !== 'field' || context.prefix === '') return false
  const prefix = context.prefix.toLowerCase()
  return QUERY_FIELDS.some((field) => field.name.startsWith(prefix))
}
