/** What a model can be computed on, by the name that onnxruntime has for it. */
export const DEVICES = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const
export type Device = (typeof DEVICES)[number]
export type DeviceWish = Device | 'auto'

/** A device that was tried and why it was left. */
export interface DeviceFallback {
  readonly device: Device
  readonly reason: string
}

export interface DeviceReport {
  readonly wish: DeviceWish
  readonly device: Device
  readonly fallbacks: readonly DeviceFallback[]
}

/** The fastest first where it can be expected to work; the processor always works. */
const ORDER_BY_PLATFORM: Readonly<Record<string, readonly Device[]>> = {
  win32: ['cuda', 'dml', 'webgpu', 'cpu'],
  darwin: ['coreml', 'webgpu', 'cpu'],
  linux: ['cuda', 'webgpu', 'cpu'],
}

/** What to try, in order, out of what this build of the runtime knows. */
export function orderDevices(options: {
  readonly platform: string
  readonly supported: readonly string[]
  readonly wish: DeviceWish
}): readonly Device[] {
  const { platform, supported, wish } = options
  if (wish === 'cpu') return ['cpu']
  const order = wish === 'auto' ? (ORDER_BY_PLATFORM[platform] ?? ['cpu']) : [wish, 'cpu' as const]
  return order.filter((device) => device === 'cpu' || supported.includes(device))
}

/** Remembers which devices failed, so that every model of this process moves on together, once. */
export class DeviceChoice {
  readonly #order: readonly Device[]
  readonly #wish: DeviceWish
  readonly #fallbacks: DeviceFallback[] = []

  constructor(order: readonly Device[], wish: DeviceWish) {
    this.#order = order
    this.#wish = wish
    if (wish !== 'auto' && !order.includes(wish)) {
      this.#fallbacks.push({ device: wish, reason: 'The files for it are not installed.' })
    }
  }

  /** Whether the person asked for a device, so that another one is news to them. */
  get isWish(): boolean {
    return this.#wish !== 'auto'
  }

  get device(): Device {
    const failed = new Set(this.#fallbacks.map((fallback) => fallback.device))
    return this.#order.find((device) => !failed.has(device)) ?? 'cpu'
  }

  /** False when there is nothing to fall back to. */
  leave(device: Device, reason: string): boolean {
    if (device === 'cpu') return false
    if (this.#fallbacks.every((fallback) => fallback.device !== device)) {
      this.#fallbacks.push({ device, reason })
    }
    return true
  }

  report(): DeviceReport {
    return { wish: this.#wish, device: this.device, fallbacks: [...this.#fallbacks] }
  }
}
