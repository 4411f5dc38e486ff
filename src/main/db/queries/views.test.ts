import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { prepareStore, TEST_PERSON } from '../../../../test/support/project-store.ts'
import type { SavedView } from '../../../shared/contract/views.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { listViews, removeView, saveView, updateView } from './views.ts'

const OTHER = 2 as PersonId
const NAME_SORT = { key: 'name', descending: true } as const

describe('saved views', () => {
  let db: Database.Database
  let view: SavedView

  beforeEach(() => {
    db = new Database(':memory:')
    prepareStore(db)
    db.exec("INSERT INTO person (id, uid, name, created_at) VALUES (2, 'other', 'Bob', 0)")
    view = save('To do', 'status:todo')
  })

  const save = (name: string, query: string) =>
    saveView(db, { name, query, sort: NAME_SORT, personId: TEST_PERSON })

  it('hold a query and an order, and are listed by name', () => {
    save('Animals', 'tag:animals')
    expect(listViews(db)).toMatchObject([
      { name: 'Animals', query: 'tag:animals', sort: NAME_SORT, version: 1, author: 'Ann' },
      { name: 'To do', query: 'status:todo' },
    ])
  })

  it('have names of their own, whatever the case of the letters', () => {
    const taken = expect.objectContaining({ code: 'NAME_TAKEN' }) as Error
    expect(() => save('to DO', '')).toThrow(taken)
    const other = save('Other', '')
    expect(() => updateView(db, { ...other, name: 'TO do', personId: TEST_PERSON })).toThrow(taken)
    expect(updateView(db, { ...view, name: 'TO DO', personId: TEST_PERSON }).name).toBe('TO DO')
  })

  it('cannot hold a query that nobody can read', () => {
    const invalid = expect.objectContaining({ code: 'QUERY_INVALID' }) as Error
    expect(() => save('Broken', 'status:(')).toThrow(invalid)
    expect(() =>
      updateView(db, { ...view, query: 'status:nonsense', personId: TEST_PERSON }),
    ).toThrow(invalid)
    expect(listViews(db)).toEqual([view])
  })

  it('are not changed or removed over what somebody else made of them', () => {
    const changed = updateView(db, { ...view, query: 'status:draft', personId: OTHER })
    expect(changed).toMatchObject({ version: 2, author: 'Bob', query: 'status:draft' })
    const conflict = expect.objectContaining({ code: 'VIEW_CONFLICT' }) as Error
    expect(() => updateView(db, { ...view, name: 'Mine', personId: TEST_PERSON })).toThrow(conflict)
    expect(() => removeView(db, view)).toThrow(conflict)
    removeView(db, changed)
    expect(listViews(db)).toEqual([])
    expect(() => removeView(db, changed)).toThrow(
      expect.objectContaining({ code: 'VIEW_NOT_FOUND' }) as Error,
    )
  })
})
