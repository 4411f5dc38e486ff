import type { ExportOptions } from '../../../../shared/contract/exports.ts'
import { CheckField } from '../../components/CheckField.tsx'
import { TextField } from '../../components/TextField.tsx'

const NO_WORDS = { licence: '', url: '', creator: '', description: '' }

interface DescribeFieldsProps {
  readonly words: ExportOptions['describe']
  readonly onChange: (words: ExportOptions['describe']) => void
}

/** Whether a data set card and croissant.json are added, and what only people can tell of the set. */
export function DescribeFields({ words, onChange }: DescribeFieldsProps) {
  return (
    <>
      <CheckField
        checked={words !== null}
        hint="README.md for the hub and croissant.json, with counts, rounds and sources."
        onChange={(isOn) => {
          onChange(isOn ? NO_WORDS : null)
        }}
      >
        Describe the data set
      </CheckField>
      {words !== null && (
        <div className="describe-fields">
          <TextField
            label="Licence"
            value={words.licence}
            maxLength={200}
            placeholder="CC-BY-4.0"
            onChange={(licence) => {
              onChange({ ...words, licence })
            }}
          />
          <TextField
            label="Creator"
            value={words.creator}
            maxLength={200}
            onChange={(creator) => {
              onChange({ ...words, creator })
            }}
          />
          <TextField
            label="Home page"
            value={words.url}
            maxLength={1_000}
            placeholder="https://"
            onChange={(url) => {
              onChange({ ...words, url })
            }}
          />
          <TextField
            label="Description"
            value={words.description}
            maxLength={4_000}
            onChange={(description) => {
              onChange({ ...words, description })
            }}
          />
        </div>
      )}
    </>
  )
}
