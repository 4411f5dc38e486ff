import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { PackTask } from '../../../shared/domain/pack.ts'
import type { Log } from '../../base/log.ts'
import { DEVICES, type DeviceWish } from '../../models/device.ts'

const stored = z.object({
  device: z.enum(['auto', ...DEVICES]).catch('auto'),
  /** By task, the id of the pack to use. */
  chosen: z.record(z.string(), z.string()).catch({}),
})
type Stored = z.infer<typeof stored>

export interface ModelSettings {
  device(): DeviceWish
  setDevice(device: DeviceWish): Promise<void>
  /** The pack that the person chose for a task, whether or not it is still there. */
  chosen(task: PackTask): string | null
  choose(task: PackTask, id: string | null): Promise<void>
}

/** What this user wants of models: a file beside the settings. It is read when somebody first asks. */
export function createModelSettings(options: {
  readonly dataFolder: string
  readonly log: Log
}): ModelSettings & { load(): Promise<void> } {
  const path = join(options.dataFolder, 'model-settings.json')
  let current: Stored = { device: 'auto', chosen: {} }
  let loading: Promise<void> | null = null

  async function read(): Promise<void> {
    try {
      current = stored.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
      options.log.warn('The model settings could not be read; defaults are used', { error })
    }
  }

  async function save(next: Stored): Promise<void> {
    current = next
    await mkdir(dirname(path), { recursive: true })
    const temporary = `${path}.${process.pid}`
    await writeFile(temporary, `${JSON.stringify(next, null, 2)}\n`)
    await rename(temporary, path)
  }

  return {
    load: () => (loading ??= read()),
    device: () => current.device,
    setDevice: (device) => save({ ...current, device }),
    chosen: (task) => current.chosen[task] ?? null,
    choose(task, id) {
      const { [task]: _, ...others } = current.chosen
      return save({ ...current, chosen: id === null ? others : { ...others, [task]: id } })
    },
  }
}
