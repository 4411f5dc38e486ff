import { expect, it } from 'vitest'
import type { LibraryRow } from '../../../../shared/contract/library.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { selectionQuery } from './selection-query.ts'

function makeRow(id: number, hash: string): LibraryRow {
  return { id: id as ImageId, hash } as LibraryRow
}

const rows = [makeRow(1, 'a'.repeat(64)), makeRow(2, 'b'.repeat(64)), makeRow(3, '')]

function some(...ids: number[]) {
  return { kind: 'some', ids: new Set(ids as ImageId[]) } as const
}

it('keeps the query when nothing or everything is selected', () => {
  expect(selectionQuery('tag:a', some(), rows)).toBe('tag:a')
  expect(selectionQuery('tag:a', { kind: 'all', except: new Set() }, rows)).toBe('tag:a')
})

it('names single images by their hash', () => {
  expect(selectionQuery('tag:a', some(1, 2), rows)).toBe(`hash:${'a'.repeat(16)},${'b'.repeat(16)}`)
})

it('gives up where the images cannot be named', () => {
  expect(selectionQuery('', some(3), rows)).toBeUndefined()
  expect(selectionQuery('', some(1, 99), rows)).toBeUndefined()
  expect(selectionQuery('', { kind: 'all', except: new Set([1 as ImageId]) }, rows)).toBeUndefined()
})
