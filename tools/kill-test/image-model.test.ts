import { describe, expect, it } from 'vitest'
import { applyOperation, NEW_IMAGE, type ImageModel, type ImageOperation } from './image-model.ts'

function after(...operations: readonly ImageOperation[]): ImageModel {
  return operations.reduce((model, operation) => {
    const next = applyOperation(model, operation)
    if (next === null) throw new Error(`${operation.kind} was refused.`)
    return next
  }, NEW_IMAGE)
}

const submit = (text: string): ImageOperation => ({ kind: 'submit', text })

describe('the model of an image', () => {
  it('makes a draft of an autosave, and a revision of a submit', () => {
    expect(after({ kind: 'autosave', text: 'a' }).state).toEqual({
      ...{ status: 'draft', head: null, draft: 'a' },
    })
    expect(after({ kind: 'autosave', text: 'a' }, submit('b'))).toMatchObject({
      state: { status: 'submitted', head: 0, draft: null },
      revisions: ['b'],
      journalRows: 1,
    })
  })

  it('keeps the revision that an undo takes back, and brings the whole text back', () => {
    const undone = after({ kind: 'autosave', text: 'a' }, submit('b'), { kind: 'undo' })
    expect(undone.state).toEqual({ status: 'draft', head: null, draft: 'b' })
    expect(undone.revisions).toEqual(['b'])
  })

  it('takes typing back as a step of its own', () => {
    const typed = after(submit('a'), { kind: 'autosave', text: 'b' }, { kind: 'undo' })
    expect(typed.state).toEqual({ status: 'submitted', head: 0, draft: null })
    expect(typed.journalRows).toBe(1)
  })

  it('refuses what there is nothing for', () => {
    expect(applyOperation(NEW_IMAGE, { kind: 'undo' })).toBeNull()
    expect(applyOperation(NEW_IMAGE, { kind: 'restore', revision: 0 })).toBeNull()
    const changed = after(submit('a'), { kind: 'undo' }, submit('b'))
    expect(applyOperation(changed, { kind: 'redo' })).toBeNull()
    expect(applyOperation(NEW_IMAGE, { kind: 'setStatus', status: 'submitted' })).toBeNull()
  })

  it('writes no journal row for a status that is there already', () => {
    expect(after({ kind: 'setStatus', status: 'todo' }).journalRows).toBe(0)
  })
})
