import { expect, it } from 'vitest'
import { withRole } from './column-map.ts'

const columns = ['file', 'path', 'text', 'title']

it('changes one column and names them all', () => {
  expect(withRole({ file: 'image' }, columns, { column: 'text', role: 'alt' })).toEqual({
    file: 'image',
    path: 'ignore',
    text: 'alt',
    title: 'ignore',
  })
})

it('moves a role that only one column can have', () => {
  const map = withRole({ file: 'image', text: 'alt' }, columns, { column: 'path', role: 'image' })
  expect(map).toMatchObject({ file: 'ignore', path: 'image', text: 'alt' })
})

it('lets several columns be alt-texts', () => {
  const map = withRole({ text: 'alt' }, columns, { column: 'title', role: 'alt' })
  expect(map).toMatchObject({ text: 'alt', title: 'alt' })
})
