import { Download } from 'lucide-react'
import { useState } from 'react'
import type { CatalogueEntryInfo } from '../../../../shared/contract/models.ts'
import { client } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Callout, Panel } from '../../components/Page.tsx'
import { formatBytes } from '../../components/quantities.ts'
import { reportError } from '../../notices/report-error.ts'
import { MaybeLink } from './MaybeLink.tsx'
import { describeLicence, TASK_WORDS } from './model-words.ts'

/** Open models that are known to work. Nothing is fetched before the licence was shown. */
export function Catalogue({ entries }: { readonly entries: readonly CatalogueEntryInfo[] }) {
  const [asked, setAsked] = useState<CatalogueEntryInfo>()
  const close = () => {
    setAsked(undefined)
  }
  return (
    <Panel title="Catalogue">
      <Callout tone="info">
        No network on this machine? Fetch the files of a model elsewhere (“Download” lists them),
        put them into one folder as they are named there, bring it here, and install from that
        folder.
      </Callout>
      <ul className="catalogue">
        {entries.map((entry) => (
          <li key={entry.id}>
            <div className="catalogue-text">
              <h3>{entry.name}</h3>
              <p>{entry.note}</p>
              <p className="pack-note">
                {TASK_WORDS[entry.task]} · licence: {describeLicence(entry.licence.id)} ·{' '}
                {describeSize(entry)}
              </p>
            </div>
            {entry.isInstalled ? (
              <span className="pack-badge">installed</span>
            ) : (
              entry.files.length > 0 && (
                <Button
                  size="small"
                  icon={Download}
                  aria-label={`Download ${entry.name}…`}
                  onClick={() => {
                    setAsked(entry)
                  }}
                >
                  Download…
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      {asked !== undefined && <LicenceDialog entry={asked} onClose={close} />}
    </Panel>
  )
}

function describeSize({ files, sizeBytes }: CatalogueEntryInfo): string {
  if (files.length === 0) return 'not downloaded by Realign'
  return sizeBytes === null ? 'size known when the download starts' : formatBytes(sizeBytes)
}

interface LicenceDialogProps {
  readonly entry: CatalogueEntryInfo
  readonly onClose: () => void
}

/** Says what is fetched from where and under which licence, before anything is. */
function LicenceDialog({ entry, onClose }: LicenceDialogProps) {
  const address = `huggingface.co/${entry.source}`
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Download ${entry.name}?`}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant="primary"
            icon={Download}
            onClick={() => {
              client.models.install({ from: 'catalogue', id: entry.id }).catch(reportError)
              onClose()
            }}
          >
            Accept the licence and download
          </Button>
        </>
      }
    >
      <div className="licence">
        <dl className="pack-facts">
          <div>
            <dt>Licence</dt>
            <dd>
              <MaybeLink url={entry.licence.url}>{describeLicence(entry.licence.id)}</MaybeLink>
            </dd>
          </div>
          <div>
            <dt>From</dt>
            <dd>
              <a href={`https://${address}`} target="_blank" rel="noreferrer">
                {address}
              </a>
            </dd>
          </div>
          <div>
            <dt>Revision</dt>
            <dd>
              {entry.revision === null ? 'the newest, and recorded' : entry.revision.slice(0, 12)}
            </dd>
          </div>
          <div>
            <dt>Size</dt>
            <dd>{describeSize(entry)}</dd>
          </div>
        </dl>
        <p>{entry.trust}</p>
        <p className="pack-note">
          The download goes on where it was when it is stopped. Without network, put these files
          into one folder and install from there:
        </p>
        <ul className="catalogue-files">
          {entry.files.map((file) => (
            <li key={file}>
              <code>{file}</code>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
