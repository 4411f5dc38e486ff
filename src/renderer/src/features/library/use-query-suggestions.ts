import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  completionContext,
  completions,
  type Completion,
} from '../../../../shared/domain/query/completions.ts'
import type { FieldName } from '../../../../shared/domain/query/fields.ts'
import { api } from '../../api/client.ts'

const FINDING_TASKS: ReadonlyMap<FieldName, 'detect' | 'ocr'> = new Map([
  ['det', 'detect'],
  ['ocr', 'ocr'],
])

interface SuggestionOptions {
  readonly text: string
  readonly caret: number
  readonly isFocused: boolean
}

interface QuerySuggestionState {
  readonly items: readonly Completion[]
  readonly isOpen: boolean
  /** -1 while none is marked, so that Enter takes the query as typed. */
  readonly active: number
  readonly setActive: (index: number) => void
  readonly open: () => void
  readonly close: () => void
}

/** What to suggest at the caret; names of tags, found things and read words come from the project. */
export function useQuerySuggestions({
  text,
  caret,
  isFocused,
}: SuggestionOptions): QuerySuggestionState {
  const [isWanted, setWanted] = useState(false)
  const [active, setActive] = useState(-1)
  const context = completionContext(text, caret)
  const isTag = context.kind === 'value' && context.field === 'tag'
  const tags = useQuery({
    ...api.library.tagNames.queryOptions({
      input: { prefix: isTag ? context.prefix : '', limit: 20 },
    }),
    enabled: isTag && isFocused,
    placeholderData: keepPreviousData,
  })
  const task = context.kind === 'value' ? FINDING_TASKS.get(context.field) : undefined
  const found = useQuery({
    ...api.findings.words.queryOptions({
      input: {
        task: task ?? 'detect',
        prefix: context.kind === 'value' ? context.prefix : '',
        limit: 20,
      },
    }),
    enabled: task !== undefined && isFocused,
    placeholderData: keepPreviousData,
  })
  const words = found.data ?? []
  const items =
    isFocused && isWanted
      ? completions(text, caret, { tag: tags.data ?? [], det: words, ocr: words })
      : []
  return {
    items,
    isOpen: items.length > 0,
    active: Math.min(active, items.length - 1),
    setActive,
    open: () => {
      setWanted(true)
      setActive(-1)
    },
    close: () => {
      setWanted(false)
      setActive(-1)
    },
  }
}
