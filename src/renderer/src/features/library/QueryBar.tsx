import { Search, X } from 'lucide-react'
import { useId, useState, type KeyboardEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { highlight } from '../../../../shared/domain/query/highlight.ts'
import { Keys } from '../../components/Keys.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { QuerySuggestions } from './QuerySuggestions.tsx'
import { useQuerySuggestions } from './use-query-suggestions.ts'
import type { QueryMistake } from './use-query-text.ts'
import './QueryBar.css'

interface QueryBarProps {
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly text: string
  readonly mistake: QueryMistake | undefined
  readonly onChange: (text: string) => void
  /** Enter: take the query at once and go to the images. */
  readonly onSubmit: () => void
  /** Escape: leave the bar. */
  readonly onLeave: () => void
}

/** The query as plain text, coloured by its grammar, with suggestions for fields and values. */
export function QueryBar({ inputRef, text, mistake, onChange, onSubmit, onLeave }: QueryBarProps) {
  const [caret, setCaret] = useState(text.length)
  const [isFocused, setFocused] = useState(false)
  const [scrollLeft, setScrollLeft] = useState(0)
  const listId = useId()
  const messageId = useId()
  const suggestions = useQuerySuggestions({ text, caret, isFocused })

  function accept(index: number): void {
    const chosen = suggestions.items[index]
    if (chosen === undefined) return
    const next = chosen.start + chosen.insert.length
    // The text is put in at once, so that the next key finds the caret behind what was inserted.
    flushSync(() => {
      onChange(`${text.slice(0, chosen.start)}${chosen.insert}${text.slice(chosen.end)}`)
      setCaret(next)
      suggestions.close()
    })
    inputRef.current?.setSelectionRange(next, next)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (suggestions.isOpen && handleListKey(event, suggestions, accept)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onSubmit()
    if (event.key === 'Escape') onLeave()
    if (event.key === 'ArrowDown') suggestions.open()
    if (['Enter', 'Escape', 'ArrowDown'].includes(event.key)) event.preventDefault()
  }

  return (
    <div className="query" role="search" data-mistake={mistake !== undefined}>
      <Search className="icon query-icon" aria-hidden />
      <div className="query-field">
        <div
          className="query-colours"
          aria-hidden
          style={{ transform: `translateX(${-scrollLeft}px)` }}
        >
          <QueryColours text={text} mistake={mistake} />
        </div>
        <input
          ref={inputRef}
          value={text}
          placeholder='Search words, or  status:todo  tag:animals  alt~"red bus"'
          aria-label="Query"
          role="combobox"
          aria-expanded={suggestions.isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={
            suggestions.isOpen && suggestions.active >= 0
              ? `${listId}-${suggestions.active}`
              : undefined
          }
          aria-invalid={mistake !== undefined}
          aria-describedby={mistake === undefined ? undefined : messageId}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            onChange(event.target.value)
            setCaret(event.target.selectionStart ?? event.target.value.length)
            suggestions.open()
          }}
          onSelect={(event) => {
            setCaret(event.currentTarget.selectionStart ?? 0)
          }}
          onScroll={(event) => {
            setScrollLeft(event.currentTarget.scrollLeft)
          }}
          onFocus={() => {
            setFocused(true)
          }}
          onBlur={() => {
            setFocused(false)
            suggestions.close()
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {text === '' ? (
        !isFocused && <Keys keys="/" />
      ) : (
        <IconButton
          icon={X}
          label="Clear the query"
          onClick={() => {
            onChange('')
          }}
        />
      )}
      {suggestions.isOpen && (
        <QuerySuggestions
          id={listId}
          items={suggestions.items}
          active={suggestions.active}
          onChoose={accept}
        />
      )}
      {mistake !== undefined && !suggestions.isOpen && (
        <p className="query-mistake" id={messageId} role="status">
          {mistake.message}
        </p>
      )}
    </div>
  )
}

interface QueryColoursProps {
  readonly text: string
  readonly mistake: QueryMistake | undefined
}

/** The same text as in the field below it, drawn with colours. */
function QueryColours({ text, mistake }: QueryColoursProps) {
  return highlight(text).map(({ start, end, kind }) => {
    const isWrong =
      mistake !== undefined &&
      start < Math.max(mistake.end, mistake.start + 1) &&
      end > mistake.start
    return (
      <span key={start} className={`token-${kind}${isWrong ? ' token-wrong' : ''}`}>
        {text.slice(start, end)}
      </span>
    )
  })
}

interface ListKeys {
  readonly items: readonly unknown[]
  readonly active: number
  readonly setActive: (index: number) => void
  readonly close: () => void
}

function handleListKey(
  event: KeyboardEvent,
  { items, active, setActive, close }: ListKeys,
  accept: (index: number) => void,
): boolean {
  switch (event.key) {
    case 'ArrowDown':
      setActive((active + 1) % items.length)
      return true
    case 'ArrowUp':
      setActive(active <= 0 ? items.length - 1 : active - 1)
      return true
    case 'Tab':
      if (event.shiftKey) return false
      accept(Math.max(0, active))
      return true
    case 'Enter':
      if (active < 0) return false
      accept(active)
      return true
    case 'Escape':
      close()
      return true
    default:
      return false
  }
}
