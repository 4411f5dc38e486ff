import { FileQuestion, Image } from 'lucide-react'
import type { ImportPreview } from '../../../../shared/contract/imports.ts'

interface RecordsPreviewProps {
  readonly records: ImportPreview['records']
}

/** The first records: which image, whether its file is there, and which texts it brings. */
export function RecordsPreview({ records }: RecordsPreviewProps) {
  if (records.length === 0) {
    return (
      <p className="records-none">Nothing would be imported. Check the format and the columns.</p>
    )
  }
  return (
    <ul className="records" tabIndex={0} aria-label="First records">
      {records.map((record, index) => (
        <li key={index} className="record">
          {record.isImageFound ? (
            <Image className="icon" aria-label="Image found" />
          ) : (
            <FileQuestion className="icon record-missing" aria-label="Image not found" />
          )}
          <div>
            <strong dir="auto">{record.image}</strong>
            {!record.isImageFound && <span className="record-missing">file not found</span>}
            {record.altTexts.map((altText, altIndex) => (
              <p key={altIndex}>
                <small>{altText.origin}</small>
                <span dir="auto">{altText.text}</span>
              </p>
            ))}
            {record.caption !== null && (
              <p>
                <small>caption</small>
                <span dir="auto">{record.caption}</span>
              </p>
            )}
            {record.proposals.map((text, proposalIndex) => (
              <p key={proposalIndex}>
                <small>proposal</small>
                <span dir="auto">{text}</span>
              </p>
            ))}
            {record.altTexts.length + record.proposals.length === 0 && record.caption === null && (
              <p>
                <small>no text</small>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
