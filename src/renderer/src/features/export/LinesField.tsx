import { useId, useState } from 'react'

interface LinesFieldProps {
  readonly label: string
  readonly lines: readonly string[]
  readonly most: number
  readonly hint: string
  /** Said while there is no line at all. */
  readonly missing?: string
  readonly findMistake?: (line: string) => string | undefined
  /** Gets the lines that hold something, each once; never none. */
  readonly onChange: (lines: string[]) => void
}

/** A list that is typed as lines; it is told on while it is one, and left alone where a line is wrong. */
export function LinesField(props: LinesFieldProps) {
  const { label, lines, most, hint, findMistake, onChange } = props
  const { missing = 'At least one line is needed.' } = props
  const id = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? lines.join('\n')

  function read(typed: string): { readonly lines: string[]; readonly mistake: string | undefined } {
    const filled = typed.split('\n').map((line) => line.trim())
    const given = [...new Set(filled.filter((line) => line !== ''))]
    const mistake =
      given.length === 0
        ? missing
        : given.length > most
          ? `At most ${most.toLocaleString()} lines.`
          : given.map((line) => findMistake?.(line)).find((found) => found !== undefined)
    return { lines: given, mistake }
  }

  const { mistake } = read(text)
  return (
    <div className="field lines-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="field-input"
        dir="auto"
        rows={5}
        spellCheck={false}
        value={text}
        aria-invalid={mistake !== undefined}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => {
          setDraft(target.value)
          const typed = read(target.value)
          if (typed.mistake === undefined) onChange(typed.lines)
        }}
        onBlur={() => {
          setDraft(null)
        }}
      />
      <p
        id={`${id}-note`}
        className={mistake === undefined ? 'field-note' : 'field-note field-error'}
      >
        {mistake ?? hint}
      </p>
    </div>
  )
}
