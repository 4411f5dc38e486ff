import { stat } from 'node:fs/promises'
import { findPackFile, type PackFileRole, type PackManifest } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'
import type { Log } from '../base/log.ts'
import type { DeviceChoice } from './device.ts'
import type { Graph, LoadedGraph, OpenGraph } from './graph.ts'
import { packFilePath } from './pack-file-path.ts'
import { readPackManifest } from './pack-folder.ts'
import type { PackRuntime } from './tasks/task.ts'

/** A pack as the asking process names it. */
export interface PackPlace {
  readonly folder: string
  readonly id: string
  readonly revision: string
}

export interface SessionPoolOptions {
  readonly open: OpenGraph
  readonly devices: DeviceChoice
  readonly log: Log
  /** Most bytes of model files in memory at a time; the least recently used go first. */
  readonly budgetBytes: number
  /** A graph that nobody used for so long is given up. */
  readonly idleMs: number
  readonly now?: () => number
}

export interface LoadedGraphInfo {
  readonly pack: string
  readonly folder: string
  readonly role: PackFileRole
  readonly sizeBytes: number
}

interface Slot {
  readonly pack: PackPlace
  readonly role: PackFileRole
  readonly sizeBytes: number
  loaded: Promise<LoadedGraph>
  running: number
  usedAt: number
}

interface PackEntry {
  readonly manifest: PackManifest
  readonly kept: Map<string, Promise<unknown>>
}

/** The graphs that are in memory: loaded on first use, once, and given up when idle or when others need the room. */
export class SessionPool {
  readonly #options: SessionPoolOptions
  readonly #packs = new Map<string, Promise<PackEntry>>()
  readonly #slots = new Map<string, Promise<Slot>>()
  readonly #open = new Map<string, Slot>()
  readonly #now: () => number
  readonly #timer: NodeJS.Timeout

  constructor(options: SessionPoolOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#timer = setInterval(() => void this.closeIdle(), Math.max(1_000, options.idleMs / 4))
    this.#timer.unref()
  }

  /** Throws PACK_CHANGED when another pack than the asked one lies in the folder. */
  async runtime(pack: PackPlace): Promise<PackRuntime<PackManifest>> {
    const { manifest, kept } = await this.#entry(pack)
    return {
      manifest,
      path: (role) => pathOf(pack, manifest, role),
      graph: (role) => this.#graph(pack, manifest, role),
      async keep<Value>(name: string, make: () => Promise<Value>): Promise<Value> {
        const known = kept.get(name) as Promise<Value> | undefined
        if (known !== undefined) return known
        const made = make()
        kept.set(name, made)
        made.catch(() => kept.delete(name))
        return made
      },
    }
  }

  loaded(): readonly LoadedGraphInfo[] {
    return [...this.#open.values()].map(({ pack, role, sizeBytes }) => ({
      pack: pack.id,
      folder: pack.folder,
      role,
      sizeBytes,
    }))
  }

  /** Gives up the graphs that nobody used lately, and what was made of their packs. */
  async closeIdle(): Promise<void> {
    const before = this.#now() - this.#options.idleMs
    const idle = [...this.#open.entries()].filter(
      ([, slot]) => slot.running === 0 && slot.usedAt <= before,
    )
    for (const [key] of idle) await this.#drop(key)
    if (this.#open.size === 0) this.#packs.clear()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    for (const key of [...this.#open.keys()]) await this.#drop(key)
    this.#packs.clear()
  }

  async #entry(pack: PackPlace): Promise<PackEntry> {
    const known = this.#packs.get(pack.folder)
    const entry =
      known ??
      readPackManifest(pack.folder).then((manifest) => ({
        manifest,
        kept: new Map<string, Promise<unknown>>(),
      }))
    if (known === undefined) {
      this.#packs.set(pack.folder, entry)
      entry.catch(() => this.#packs.delete(pack.folder))
    }
    const { manifest } = await entry
    if (manifest.id !== pack.id || manifest.revision !== pack.revision) {
      this.#packs.delete(pack.folder)
      throw new AppError(
        'PACK_CHANGED',
        `The model pack "${pack.id}" was replaced by another revision meanwhile. Start again to use the new one.`,
      )
    }
    return entry
  }

  /** Loads at once, so that a model that cannot be loaded is known before pictures are decoded for it. */
  async #graph(pack: PackPlace, manifest: PackManifest, role: PackFileRole): Promise<Graph> {
    const slot = await this.#slot(pack, manifest, role)
    const { inputNames, outputNames, fixedBatch } = await slot.loaded
    return {
      inputNames,
      outputNames,
      fixedBatch,
      run: async (feeds, outputs) => {
        // It may have been given up since it was asked for.
        const current = await this.#slot(pack, manifest, role)
        return this.#run(current, manifest, (graph) => graph.run(feeds, outputs))
      },
    }
  }

  async #run<Answer>(
    slot: Slot,
    manifest: PackManifest,
    work: (graph: LoadedGraph) => Promise<Answer>,
  ): Promise<Answer> {
    const { devices } = this.#options
    slot.running += 1
    slot.usedAt = this.#now()
    try {
      for (;;) {
        const { device } = devices
        try {
          return await work(await slot.loaded)
        } catch (error) {
          if (!isDeviceFailure(error) || !this.#leave(device, error)) throw error
          const lost = slot.loaded
          slot.loaded = this.#load(pathOf(slot.pack, manifest, slot.role))
          await lost.then((graph) => graph.close()).catch(() => undefined)
        }
      }
    } finally {
      slot.running -= 1
      slot.usedAt = this.#now()
    }
  }

  #slot(pack: PackPlace, manifest: PackManifest, role: PackFileRole): Promise<Slot> {
    const key = `${pack.folder}\n${role}`
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const made = this.#makeSlot(key, pack, manifest, role)
    this.#slots.set(key, made)
    made.catch(() => this.#slots.delete(key))
    return made
  }

  async #makeSlot(
    key: string,
    pack: PackPlace,
    manifest: PackManifest,
    role: PackFileRole,
  ): Promise<Slot> {
    const path = pathOf(pack, manifest, role)
    const sizeBytes = await sizeOf(path)
    await this.#makeRoom(sizeBytes)
    const loaded = this.#load(path)
    await loaded
    const slot: Slot = { pack, role, sizeBytes, loaded, running: 0, usedAt: this.#now() }
    this.#open.set(key, slot)
    return slot
  }

  /** On the best device that works. */
  async #load(path: string): Promise<LoadedGraph> {
    for (;;) {
      const { device } = this.#options.devices
      try {
        return await this.#options.open(path, device)
      } catch (error) {
        if (!isDeviceFailure(error) || !this.#leave(device, error)) throw error
      }
    }
  }

  #leave(device: DeviceChoice['device'], error: AppError): boolean {
    const { devices, log } = this.#options
    const isNew = devices.device === device
    const mayGoOn = devices.leave(device, error.message)
    if (isNew && mayGoOn) {
      log[devices.isWish ? 'warn' : 'info']('Models are computed on another device from now on.', {
        left: device,
        now: devices.device,
        reason: error.message,
      })
    }
    return mayGoOn
  }

  /** A graph larger than the whole budget is loaded all the same, alone. */
  async #makeRoom(sizeBytes: number): Promise<void> {
    for (;;) {
      let total = sizeBytes
      for (const slot of this.#open.values()) total += slot.sizeBytes
      const oldest = [...this.#open.entries()]
        .filter(([, slot]) => slot.running === 0)
        .sort(([, left], [, right]) => left.usedAt - right.usedAt)[0]
      if (total <= this.#options.budgetBytes || oldest === undefined) return
      await this.#drop(oldest[0])
    }
  }

  async #drop(key: string): Promise<void> {
    const slot = this.#open.get(key)
    this.#open.delete(key)
    this.#slots.delete(key)
    if (slot === undefined) return
    const graph = await slot.loaded.catch(() => null)
    await graph?.close()
  }
}

function isDeviceFailure(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'DEVICE_FAILED'
}

function pathOf(pack: PackPlace, manifest: PackManifest, role: PackFileRole): string {
  const file = findPackFile(manifest, role)
  if (file === undefined) {
    throw new AppError(
      'PACK_FILE_MISSING',
      `The model pack "${manifest.name}" has no ${role}, which this needs.`,
    )
  }
  return packFilePath(pack.folder, file)
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new AppError(
      'PACK_FILE_MISSING',
      'A file of the model pack is gone. It may have been removed meanwhile; install it again.',
      { cause: error },
    )
  })
  return stats.size
}
