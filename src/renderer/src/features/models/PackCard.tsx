import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, Gauge, ImagePlay, ShieldCheck } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { InstalledPackInfo } from '../../../../shared/contract/models.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { Callout } from '../../components/Page.tsx'
import { formatBytes, formatCount } from '../../components/quantities.ts'
import { reportError } from '../../notices/report-error.ts'
import { describeDevice, describeLicence, TASK_USES, TASK_WORDS } from './model-words.ts'
import { MaybeLink } from './MaybeLink.tsx'
import { RemovePack } from './RemovePack.tsx'
import { TryDialog } from './TryDialog.tsx'

interface PackCardProps {
  readonly pack: InstalledPackInfo
  /** The open project is the sample, whose world the packs of that scope know. */
  readonly isSample: boolean
}

/** One model: what it is, what may be done with it, and what is known about it on this machine. */
export function PackCard({ pack, isSample }: PackCardProps) {
  const isSampleOnly = pack.scope.images === 'sample-world'
  return (
    <li className="pack" aria-label={pack.name}>
      <div className="pack-head">
        <h3 dir="auto">{pack.name}</h3>
        <span className="pack-badge">{TASK_WORDS[pack.task]}</span>
        {pack.isChosen && (
          <span className="pack-badge pack-badge-used">
            <Check className="icon" aria-hidden /> in use here
          </span>
        )}
        {pack.isBundled && <span className="pack-badge">comes with Realign</span>}
        {isSampleOnly && <span className="pack-badge pack-badge-scope">sample world only</span>}
      </div>
      {isSampleOnly && (
        <Callout tone={isSample ? 'info' : 'warning'}>
          {pack.scope.note}{' '}
          {!isSample &&
            'For these images install an encoder from the catalogue below, or from a folder.'}
        </Callout>
      )}
      <PackFacts pack={pack} />
      <PackActions pack={pack} />
    </li>
  )
}

function PackFacts({ pack }: { readonly pack: InstalledPackInfo }) {
  const status = useQuery(api.models.status.queryOptions()).data
  const isLoaded = status?.loaded.some((graph) => graph.pack === pack.id) ?? false
  return (
    <dl className="pack-facts">
      <Fact name="For">{TASK_USES[pack.task]}</Fact>
      <Fact name="Licence">
        <MaybeLink url={pack.licence.url}>{describeLicence(pack.licence.id)}</MaybeLink>
      </Fact>
      <Fact name="Size">
        {formatBytes(pack.sizeBytes)}, {pack.precision}
      </Fact>
      <Fact name="Device">
        {isLoaded && status?.device.inUse != null
          ? `${describeDevice(status.device.inUse)}, loaded`
          : 'not loaded'}
      </Fact>
      <Fact name="Source">
        <MaybeLink url={pack.source}>
          {pack.source === '' ? 'a folder of this machine' : pack.source}
        </MaybeLink>
      </Fact>
      <Fact name="Revision">
        <code>{pack.revision.slice(0, 16)}</code>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  )
}

function PackActions({ pack }: { readonly pack: InstalledPackInfo }) {
  const [isTrying, setTrying] = useState(false)
  const canRun = pack.task !== 'captioner'
  return (
    <div className="pack-actions">
      {canRun && <MeasureButton pack={pack} />}
      {canRun && (
        <Button
          size="small"
          icon={ImagePlay}
          onClick={() => {
            setTrying(true)
          }}
        >
          Try on an image
        </Button>
      )}
      <VerifyButton pack={pack} />
      {!pack.isChosen && <UseButton pack={pack} />}
      {!pack.isBundled && <RemovePack pack={pack} />}
      {isTrying && (
        <TryDialog
          pack={pack}
          onClose={() => {
            setTrying(false)
          }}
        />
      )}
    </div>
  )
}

/** Runs the model for some seconds; the number is kept until Realign is closed. */
function MeasureButton({ pack: { id, revision } }: { readonly pack: InstalledPackInfo }) {
  const queryClient = useQueryClient()
  const speed = useQuery({
    ...api.models.measure.queryOptions({ input: { id, revision } }),
    enabled: false,
    retry: false,
  })
  return (
    <>
      <Button
        size="small"
        icon={Gauge}
        isBusy={speed.isFetching}
        onClick={() => {
          void speed.refetch().then(({ error }) => {
            if (error !== null) reportError(error)
            return queryClient.invalidateQueries({ queryKey: api.models.status.key() })
          })
        }}
      >
        {speed.isFetching ? 'Measuring…' : 'Measure the speed'}
      </Button>
      <span role="status" className="pack-result">
        {speed.data !== undefined &&
          `${formatSpeed(speed.data.imagesPerSecond)} images/s on this machine (${describeDevice(speed.data.device)})`}
      </span>
    </>
  )
}

function formatSpeed(perSecond: number): string {
  return perSecond >= 10 ? formatCount(Math.round(perSecond)) : perSecond.toFixed(1)
}

function VerifyButton({ pack: { id, revision } }: { readonly pack: InstalledPackInfo }) {
  const sound = useQuery({
    ...api.models.verify.queryOptions({ input: { id, revision } }),
    enabled: false,
    retry: false,
  })
  const failure = sound.error === null ? undefined : describeError(sound.error)
  return (
    <>
      <Button
        size="small"
        icon={ShieldCheck}
        isBusy={sound.isFetching}
        onClick={() => void sound.refetch()}
      >
        Verify
      </Button>
      <span role="status" className="pack-result">
        {failure === undefined
          ? sound.data !== undefined && 'Every byte is as its manifest says'
          : `${failure.title}. ${failure.text}`}
      </span>
    </>
  )
}

function UseButton({ pack: { id, task } }: { readonly pack: InstalledPackInfo }) {
  const queryClient = useQueryClient()
  async function use(): Promise<void> {
    try {
      await client.models.choose({ task, id })
      await queryClient.invalidateQueries({ queryKey: api.models.list.key() })
      await queryClient.invalidateQueries({ queryKey: api.models.embedStatus.key() })
    } catch (error) {
      reportError(error)
    }
  }
  return (
    <Button size="small" icon={Check} onClick={() => void use()}>
      Use this one
    </Button>
  )
}
