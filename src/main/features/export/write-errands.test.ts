import { expect, test } from 'vitest'
import { serializeError } from '../../base/error-transfer.ts'
import { toPictureAddress } from '../../base/picture-address.ts'
import { AppError } from '../../../shared/errors.ts'
import { createErrandDesk } from './write-errands.ts'

const CELL = toPictureAddress({ path: '/x', part: { kind: 'cell', row: 0, column: ['image'] } })

test('tells what was counted since the last news, and when it is over', async () => {
  const desk = createErrandDesk()
  desk.onRow('done')
  desk.onRow('done')
  desk.onRow('skipped')
  const error = { item: 'a.jpg', code: 'IMAGE_FILE_MISSING', message: 'Gone.' } as const
  desk.onError(error)
  expect(await desk.news()).toEqual({
    ...{ done: 2, skipped: 1, errors: [error], errands: [], isOver: false },
  })
  desk.onRow('done')
  desk.end()
  expect(await desk.news()).toEqual({
    ...{ done: 1, skipped: 0, errors: [], errands: [], isOver: true },
  })
})

test('asks for what only others can do, each answer to its question', async () => {
  const desk = createErrandDesk()
  const args = { texts: [], sentences: null, tokens: null, tokenizers: [] }
  const shaped = desk.tools.text.shape(args)
  const picture = desk.readPicture(CELL)
  const { errands } = await desk.news()
  expect(errands.map(({ errand }) => errand)).toEqual([
    { kind: 'shape', args },
    { kind: 'picture', address: CELL },
  ])
  const [first, second] = errands.map(({ number }) => number)
  const refused = expect(picture).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' })
  const error = serializeError(new AppError('IMAGE_UNREADABLE', 'The cell is broken.'))
  desk.answer({ number: second ?? 0, error })
  desk.answer({ number: first ?? 0, value: { texts: [], isExact: true } })
  await refused
  expect(await shaped).toEqual({ texts: [], isExact: true })
  desk.end()
  expect((await desk.news()).errands).toEqual([])
})
