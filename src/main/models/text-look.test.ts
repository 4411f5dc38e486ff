import { expect, it } from 'vitest'
import type { DualEncoderPack } from '../../shared/domain/pack.ts'
import { createComputeQueue } from './compute-queue.ts'
import type { Graph } from './graph.ts'
import type { LookCall, Urgency } from './requests.ts'
import type { PackRuntime } from './tasks/task.ts'
import { createTextLooks } from './text-look.ts'

const DIMENSION = 2
const PACK = { folder: 'pack', id: 'pack', revision: '1' }

/** An encoder whose texts are one token, their length, and which keeps what it was asked for. */
function openLooks() {
  const batches: number[][] = []
  const graph: Graph = {
    ...{ inputNames: ['ids'], outputNames: ['vector'], fixedBatch: null },
    run(feeds, outputs) {
      const ids = feeds['ids']?.data ?? []
      batches.push([...ids])
      const data = new Float32Array(ids.length * DIMENSION).fill(1)
      const answer = { kind: 'float' as const, data, dims: [ids.length, DIMENSION] }
      return Promise.resolve(outputs.map(() => answer) as never)
    },
  }
  const manifest: Partial<DualEncoderPack> = {
    ...{
      id: PACK.id,
      revision: PACK.revision,
      task: 'dual-encoder',
      dimension: DIMENSION,
      files: [],
    },
    text: { window: 8, padding: 'longest', padId: 0, endId: null, prefix: '' },
    textGraph: { inputs: { ids: 'ids' }, outputs: { vector: 'vector' } },
  }
  const tokenizer = { encode: (text: string) => ({ ids: [text.length], fullLength: 1 }) }
  const runtime: Partial<PackRuntime<DualEncoderPack>> = {
    manifest: manifest as DualEncoderPack,
    graph: () => Promise.resolve(graph),
    keep: () => Promise.resolve(tokenizer as never),
  }
  const places = { vector: new Float32Array([1, 0]), cells: [], colours: [] }
  const looks = createTextLooks({
    queue: createComputeQueue(),
    encoder: () => Promise.resolve(runtime as PackRuntime<DualEncoderPack>),
    picture: () => Promise.resolve(places as never),
  })
  const look = (sentences: readonly string[], urgency: Urgency = 'background') => {
    const call: LookCall = {
      ...{ pack: PACK, path: 'picture', hash: 'hash', urgency, sharpness: 1 },
      ...{ phrases: [], gated: [], sentences },
    }
    return looks.look(call)
  }
  return { batches, look }
}

/** Texts of lengths that no other text has. */
function textsOf(count: number, from: number): string[] {
  return Array.from({ length: count }, (_, index) => 'x'.repeat(from + index))
}

it('computes a text once that several ask for at the same time', async () => {
  const { batches, look } = openLooks()
  const [shared, first, second] = [textsOf(40, 1), textsOf(5, 100), textsOf(5, 200)]
  await Promise.all([look([...shared, ...first]), look([...shared, ...second])])
  expect(batches.flat().toSorted((left, right) => left - right)).toEqual(
    [...shared, ...first, ...second].map(({ length }) => length),
  )
})

it('lets what somebody waits for go between the parts of a long text', async () => {
  const { batches, look } = openLooks()
  const long = look(textsOf(100, 1))
  const quick = look(['x'.repeat(500)], 'interactive')
  await quick
  expect(batches.flat()).toContain(500)
  expect(batches.flat().length).toBeLessThan(101)
  await long
  expect(batches.flat()).toHaveLength(101)
})
