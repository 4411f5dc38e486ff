import { useState } from 'react'
import type { ExportFormat, ExportOptions } from '../../../../shared/contract/exports.ts'
import { parsePrefixTemplate, PREFIX_FIELDS } from '../../../../shared/domain/prefix-template.ts'
import { TEXT_ROLES, type TextRole } from '../../../../shared/domain/text-choice.ts'
import { TOKEN_TARGETS } from '../../../../shared/domain/token-budget.ts'
import { CheckField } from '../../components/CheckField.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { TextField } from '../../components/TextField.tsx'
import { NumberField } from './NumberField.tsx'

const ROLE_NAMES: Readonly<Record<TextRole, string>> = {
  caption: 'Caption',
  alt: 'Alt-texts',
  revision: 'Earlier captions',
}
const SENTENCES = [
  { value: 'all', label: 'All sentences' },
  { value: 'first', label: 'The first ones' },
  { value: 'random', label: 'Some at random' },
] as const
const TARGETS = [
  { value: 'none', label: 'No limit' },
  ...TOKEN_TARGETS.map(({ id, label }) => ({ value: id, label })),
] as const
const OVER = [
  { value: 'sentence', label: 'Cut after a sentence' },
  { value: 'word', label: 'Cut after a word' },
  { value: 'leave-out', label: 'Leave the text out' },
] as const
const MAX_SEED = 0xffff_ffff

interface TextOptionsProps {
  readonly format: ExportFormat
  readonly options: ExportOptions
  readonly onChange: (options: ExportOptions) => void
}

/** What becomes of the texts on their way out; open by itself where the choice of texts has more to be said. */
export function TextOptions({ format, options, onChange }: TextOptionsProps) {
  const [isOpen, setOpen] = useState(false)
  const needsMore = options.text === 'mix' || options.text === 'several'
  return (
    <details
      className="panel text-options"
      open={isOpen || needsMore}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
    >
      <summary>
        <h2>Text</h2>
        <span>{summaryOf(options)}</span>
      </summary>
      {needsMore && <Roles options={options} onChange={onChange} />}
      <div className="text-options-grid">
        <Sentences options={options} onChange={onChange} />
        <Tokens options={options} onChange={onChange} />
        <Prefix options={options} onChange={onChange} />
        <NumberField
          label="Seed of draws"
          value={options.seed}
          from={0}
          to={MAX_SEED}
          isDisabled={options.text !== 'mix' && options.sentences?.pick !== 'random'}
          hint="The same seed draws the same."
          onChange={(seed) => {
            onChange({ ...options, seed: seed ?? 0 })
          }}
        />
        <NumberField
          label="Images in a file"
          value={options.shardImages}
          from={1}
          to={1_000_000}
          isDisabled={!format.isSharded}
          placeholder="As usual for the format"
          hint={format.isSharded ? 'Archives are cut by it.' : 'This format is not cut into files.'}
          onChange={(shardImages) => {
            onChange({ ...options, shardImages })
          }}
        />
      </div>
    </details>
  )
}

type PartProps = Omit<TextOptionsProps, 'format'>

function Roles({ options, onChange }: PartProps) {
  if (options.text === 'mix') {
    return (
      <fieldset className="text-roles">
        <legend>Shares of the mix</legend>
        {TEXT_ROLES.map((role) => (
          <NumberField
            key={role}
            label={ROLE_NAMES[role]}
            value={options.mix[role]}
            from={0}
            to={1_000}
            isWhole={false}
            onChange={(share) => {
              const mix = { ...options.mix, [role]: share ?? 0 }
              if (mix.caption + mix.alt + mix.revision > 0) onChange({ ...options, mix })
            }}
          />
        ))}
      </fieldset>
    )
  }
  return (
    <fieldset className="text-roles">
      <legend>Texts of an image</legend>
      {TEXT_ROLES.map((role) => (
        <CheckField
          key={role}
          checked={options.roles.includes(role)}
          onChange={(isOn) => {
            const roles = TEXT_ROLES.filter((each) =>
              each === role ? isOn : options.roles.includes(each),
            )
            if (roles.length > 0) onChange({ ...options, roles })
          }}
        >
          {ROLE_NAMES[role]}
        </CheckField>
      ))}
    </fieldset>
  )
}

function Sentences({ options, onChange }: PartProps) {
  const { sentences } = options
  return (
    <div className="text-pair">
      <SelectField
        label="Sentences"
        value={sentences?.pick ?? 'all'}
        options={SENTENCES}
        onChange={(pick) => {
          const chosen = pick === 'all' ? null : { pick, count: sentences?.count ?? 1 }
          onChange({ ...options, sentences: chosen })
        }}
      />
      <NumberField
        label="How many"
        value={sentences?.count ?? 1}
        from={1}
        to={100}
        isDisabled={sentences === null}
        onChange={(count) => {
          if (sentences === null || count === null) return
          onChange({ ...options, sentences: { ...sentences, count } })
        }}
      />
    </div>
  )
}

function Tokens({ options, onChange }: PartProps) {
  const { tokens } = options
  const known = TOKEN_TARGETS.find(({ id }) => id === tokens?.target)
  return (
    <>
      <div className="text-pair">
        <SelectField
          label="Limit of tokens"
          value={tokens?.target ?? 'none'}
          options={TARGETS}
          onChange={(target) => {
            const chosen =
              target === 'none' ? null : { target, limit: null, over: tokens?.over ?? 'sentence' }
            onChange({ ...options, tokens: chosen })
          }}
        />
        <NumberField
          label="At most"
          value={tokens?.limit ?? null}
          from={1}
          to={100_000}
          isDisabled={tokens === null}
          placeholder={known === undefined ? '–' : String(known.limit)}
          onChange={(limit) => {
            if (tokens !== null) onChange({ ...options, tokens: { ...tokens, limit } })
          }}
        />
      </div>
      <SelectField
        label="Texts beyond the limit"
        value={tokens?.over ?? 'sentence'}
        options={OVER}
        isDisabled={tokens === null}
        onChange={(over) => {
          if (tokens !== null) onChange({ ...options, tokens: { ...tokens, over } })
        }}
      />
    </>
  )
}

function Prefix({ options, onChange }: PartProps) {
  const parsed = parsePrefixTemplate(options.prefix)
  return (
    <TextField
      label="Before each text"
      value={options.prefix}
      maxLength={500}
      spellCheck={false}
      error={parsed.ok ? undefined : parsed.message}
      hint={PREFIX_FIELDS.map((field) => `{${field}}`).join(' ')}
      onChange={(prefix) => {
        onChange({ ...options, prefix })
      }}
    />
  )
}

/** What is chosen, in a few words, for those who leave it folded. */
function summaryOf({ sentences, tokens, prefix, shardImages }: ExportOptions): string {
  const said = [
    sentences === null ? null : `${sentences.pick} ${sentences.count} of the sentences`,
    tokens === null ? null : `at most ${limitOf(tokens)}`,
    prefix === '' ? null : `after “${prefix}”`,
    shardImages === null ? null : `${shardImages.toLocaleString()} images a file`,
  ].filter((words) => words !== null)
  return said.length === 0 ? 'Whole, as they stand' : said.join(', ')
}

function limitOf({ target, limit }: NonNullable<ExportOptions['tokens']>): string {
  const known = TOKEN_TARGETS.find(({ id }) => id === target)
  return `${limit ?? known?.limit ?? 0} ${known?.unit ?? 'tokens'}`
}
