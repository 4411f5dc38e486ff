import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { createPresence, FORGOTTEN_AFTER_MS, type Presence } from './presence.ts'

const IMAGE = 7 as ImageId
const OTHER_IMAGE = 8 as ImageId
const ann = { personKey: 'ann', windowId: 'one' }

let presence: Presence
let changes = 0

beforeEach(() => {
  vi.useFakeTimers()
  changes = 0
  presence = createPresence({
    onChange: () => {
      changes += 1
    },
  })
})
afterEach(() => {
  presence.close()
  vi.useRealTimers()
})

describe('presence', () => {
  it('is forgotten after silence, and says so', () => {
    presence.look(ann, IMAGE)
    vi.advanceTimersByTime(FORGOTTEN_AFTER_MS - 1)
    expect(presence.of('ann')).toEqual({ imageId: IMAGE })
    vi.advanceTimersByTime(2)
    expect(presence.of('ann')).toBeNull()
    expect(changes).toBe(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('lasts while the window goes on, without telling the others each time', () => {
    for (let times = 0; times < 10; times += 1) {
      presence.look(ann, IMAGE)
      vi.advanceTimersByTime(FORGOTTEN_AFTER_MS / 3)
    }
    expect(presence.of('ann')).toEqual({ imageId: IMAGE })
    expect(changes).toBe(1)
    presence.look(ann, OTHER_IMAGE)
    expect(changes).toBe(2)
  })

  it('knows the image that was looked at last in any window', () => {
    presence.look(ann, IMAGE)
    vi.advanceTimersByTime(10)
    presence.look({ ...ann, windowId: 'two' }, OTHER_IMAGE)
    vi.advanceTimersByTime(10)
    presence.look({ ...ann, windowId: 'three' }, null)
    expect(presence.of('ann')).toEqual({ imageId: OTHER_IMAGE })
    expect(presence.of('ben')).toBeNull()
  })

  it('ends with the last stream of its window', () => {
    const leaveFirst = presence.enter(ann)
    presence.look(ann, IMAGE)
    const leaveSecond = presence.enter(ann)
    leaveFirst()
    leaveFirst()
    expect(presence.of('ann')).toEqual({ imageId: IMAGE })
    leaveSecond()
    expect(presence.of('ann')).toBeNull()
  })

  it('keeps people and forgets images when another project is open', () => {
    presence.look(ann, IMAGE)
    presence.forgetImages()
    expect(presence.of('ann')).toEqual({ imageId: null })
    presence.forget('ann')
    expect(presence.of('ann')).toBeNull()
  })

  it('holds a bounded number of windows of one person', () => {
    for (let index = 0; index < 100; index += 1) {
      presence.look({ personKey: 'ann', windowId: String(index) }, IMAGE)
      vi.advanceTimersByTime(1)
    }
    presence.look({ personKey: 'ann', windowId: '99' }, null)
    for (let index = 79; index < 99; index += 1) {
      presence.look({ personKey: 'ann', windowId: String(index) }, null)
    }
    // Every window that is held shows nothing now, so none of the first ones can be left.
    expect(presence.of('ann')).toEqual({ imageId: null })
  })
})
