import { useState } from 'react'
import type { ExportPreview } from '../../../../shared/contract/exports.ts'
import { Callout, Panel } from '../../components/Page.tsx'
import { formatCounted } from '../../components/quantities.ts'
import { Segmented } from '../../components/Segmented.tsx'

interface ExportPreviewPanelProps {
  readonly preview: ExportPreview
  /** The preview of what was chosen before is still shown. */
  readonly isOld: boolean
}

/** The first rows as they would be written, a file at a time. */
export function ExportPreviewPanel({ preview, isOld }: ExportPreviewPanelProps) {
  const [name, setName] = useState('')
  const file = preview.files.find((candidate) => candidate.name === name) ?? preview.files[0]
  return (
    <>
      {preview.warnings.map((warning) => (
        <Callout key={warning} tone="warning">
          {warning}
        </Callout>
      ))}
      <Panel
        title="The first rows"
        aside={<span className="numeric">{formatCounted(preview.count, 'image')}</span>}
      >
        {file === undefined ? (
          <p className="export-none">Nothing matches, so nothing would be written.</p>
        ) : (
          <div className="export-files" aria-busy={isOld}>
            {preview.files.length > 1 && (
              <Segmented
                label="File"
                value={file.name}
                options={preview.files.map((each) => ({ value: each.name, label: each.name }))}
                onChange={setName}
              />
            )}
            <pre
              className="export-content"
              tabIndex={0}
              role="region"
              aria-label={`Start of ${file.name}`}
            >
              {preview.files.length === 1 && <span className="export-name">{file.name}</span>}
              <code dir="auto">{file.content}</code>
            </pre>
          </div>
        )}
      </Panel>
    </>
  )
}
