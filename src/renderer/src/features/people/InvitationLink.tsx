import { Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { Callout } from '../../components/Page.tsx'
import { TextField } from '../../components/TextField.tsx'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The link of a new invitation. It can be read only now: the core keeps nothing that it could be made from. */
export function InvitationLink({ name, url }: { readonly name: string; readonly url: string }) {
  const field = useRef<HTMLDivElement>(null)
  const [copied, setCopied] = useState('')

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(url)
      setCopied('Copied.')
    } catch {
      // Browsers allow the clipboard only on secure origins; then the user copies what is selected.
      field.current?.querySelector('input')?.select()
      setCopied('Copy it with the keyboard: it is selected.')
    }
  }

  return (
    <Callout tone="info">
      <div ref={field}>
        <TextField
          label={`The link of ${name}`}
          value={url}
          readOnly
          dir="ltr"
          onChange={() => undefined}
          onFocus={(event) => {
            event.target.select()
          }}
          hint={`Send it now, it is not shown again. Whoever opens it writes as ${name}, until you take it back.`}
          extra={
            <Button icon={Copy} onClick={() => void copy()}>
              Copy
            </Button>
          }
        />
        <p className="people-text" role="status">
          {copied}
        </p>
        {LOOPBACK.has(window.location.hostname) && (
          <p className="people-text">
            This address works on this machine and through a tunnel to it. For other machines, start
            with <code>realign serve --host 0.0.0.0</code> and replace the beginning of the link.
          </p>
        )}
      </div>
    </Callout>
  )
}
