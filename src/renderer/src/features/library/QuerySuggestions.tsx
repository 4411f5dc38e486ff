import type { Completion } from '../../../../shared/domain/query/completions.ts'

interface QuerySuggestionsProps {
  readonly id: string
  readonly items: readonly Completion[]
  readonly active: number
  readonly onChoose: (index: number) => void
}

/** What could stand at the caret. */
export function QuerySuggestions({ id, items, active, onChoose }: QuerySuggestionsProps) {
  return (
    <ul className="query-suggestions" id={id} role="listbox" aria-label="Suggestions">
      {items.map((item, index) => (
        <li
          key={`${item.label} ${item.insert}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          ref={index === active ? scrollIntoView : undefined}
          // Before the field loses the focus, which would close the list.
          onMouseDown={(event) => {
            event.preventDefault()
            onChoose(index)
          }}
        >
          <code>{item.label}</code>
          <span>{item.detail}</span>
        </li>
      ))}
    </ul>
  )
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
