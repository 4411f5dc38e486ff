import { expect, it } from 'vitest'
import { findAnchor } from './alt-origin.ts'

it('starts from a description before a file name', () => {
  const name = { origin: 'file-name', text: 'DSC_0042.jpg' } as const
  const title = { origin: 'title', text: 'A dog' } as const
  const alt = { origin: 'alt', text: 'A brown dog' } as const
  expect(findAnchor([name, title, alt])).toBe(title)
  expect(findAnchor([name])).toBe(name)
  const none: readonly (typeof title)[] = []
  expect(findAnchor(none)).toBe(undefined)
})
