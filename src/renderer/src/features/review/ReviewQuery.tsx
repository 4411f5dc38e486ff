import { useRef } from 'react'
import { useCommandHandlers } from '../../commands/CommandProvider.tsx'
import { QueryBar } from '../library/QueryBar.tsx'
import { useQueryText } from '../library/use-query-text.ts'

interface ReviewQueryProps {
  readonly query: string
  /** What the core found wrong with it. */
  readonly mistake: string | null
  readonly onQuery: (query: string) => void
}

/** Narrows the queue by a query of the library, such as `round:2 author:ben`. */
export function ReviewQuery({ query, mistake, onQuery }: ReviewQueryProps) {
  const input = useRef<HTMLInputElement>(null)
  const field = useQueryText({
    query,
    serverMistake: mistake === null ? undefined : { start: 0, end: query.length, message: mistake },
    onApply: onQuery,
  })
  useCommandHandlers({ 'library.focusQuery': { run: () => input.current?.focus() } })
  const leave = () => {
    input.current?.blur()
  }
  return (
    <QueryBar
      inputRef={input}
      text={field.text}
      mistake={field.mistake}
      onChange={field.setText}
      onSubmit={() => {
        if (field.applyNow()) leave()
      }}
      onLeave={leave}
    />
  )
}
