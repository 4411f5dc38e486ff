import { describe, expect, it } from 'vitest'
import { createSubscription, type Subscription } from './subscription.ts'

function open(limit = 3): { subscription: Subscription<string>; returned: () => number } {
  let count = 0
  const subscription = createSubscription<string>({
    limit,
    onOverflow: () => 'resync',
    onReturn: () => {
      count += 1
    },
  })
  return { subscription, returned: () => count }
}

describe('createSubscription', () => {
  it('hands on what was pushed before and after somebody waits', async () => {
    const { subscription } = open()
    subscription.push('one')
    expect(await subscription.next()).toEqual({ done: false, value: 'one' })
    const waiting = subscription.next()
    subscription.push('two')
    expect(await waiting).toEqual({ done: false, value: 'two' })
  })

  it('wakes a waiting reader when it is returned', async () => {
    const { subscription, returned } = open()
    const waiting = subscription.next()
    await subscription.return?.()
    await subscription.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(returned()).toBe(1)
    subscription.push('late')
    expect((await subscription.next()).done).toBe(true)
  })

  it('tells a slow reader to fetch everything again', async () => {
    const { subscription } = open(3)
    for (const event of ['1', '2', '3', '4']) subscription.push(event)
    subscription.push('5')
    expect(await subscription.next()).toEqual({ done: false, value: 'resync' })
    expect(await subscription.next()).toEqual({ done: false, value: '5' })
  })
})
