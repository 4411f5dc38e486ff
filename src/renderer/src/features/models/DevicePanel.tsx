import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ModelStatus } from '../../../../shared/contract/models.ts'
import { api, client } from '../../api/client.ts'
import { Panel } from '../../components/Page.tsx'
import { formatBytes } from '../../components/quantities.ts'
import { SelectField } from '../../components/SelectField.tsx'
import { reportError } from '../../notices/report-error.ts'
import { describeDevice } from './model-words.ts'

const WISHES = ['auto', 'cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const

/** Where models run, and what came of it. */
export function DevicePanel() {
  const queryClient = useQueryClient()
  const status = useQuery(api.models.status.queryOptions()).data
  if (status === undefined) return null
  async function choose(device: ModelStatus['device']['wish']): Promise<void> {
    try {
      const next = await client.models.setDevice({ device })
      queryClient.setQueryData(api.models.status.queryKey(), next)
    } catch (error) {
      reportError(error)
    }
  }
  return (
    <Panel title="Where models run">
      <SelectField
        label="Device"
        value={status.device.wish}
        options={WISHES.map((value) => ({ value, label: describeDevice(value) }))}
        onChange={(device) => void choose(device)}
      />
      <p role="status">{describeRunning(status)}</p>
      {status.device.fallbacks.map(({ device, reason }) => (
        <p key={device} className="pack-note">
          {describeDevice(device)} could not be used: {reason}
        </p>
      ))}
    </Panel>
  )
}

function describeRunning({ isRunning, device, memoryBytes }: ModelStatus): string {
  if (!isRunning) return 'No model is loaded: nothing of this takes memory now.'
  const memory = memoryBytes === null ? '' : `, ${formatBytes(memoryBytes)} of memory`
  return `Running on: ${describeDevice(device.inUse ?? 'cpu')}${memory}.`
}
