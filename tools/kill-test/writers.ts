import type { Client } from '../../src/main/http/rpc-client.ts'
import type { ImageId, RevisionId } from '../../src/shared/domain/ids.ts'
import { fitsStatus } from '../../src/shared/domain/status-fit.ts'
import { STATUSES } from '../../src/shared/domain/status.ts'
import type { Random } from '../scenes/random.ts'
import { applyOperation, type ImageOperation } from './image-model.ts'
import type { BatchEffect, BatchEffects, Ledger } from './ledger.ts'
import { makeText } from './texts.ts'

export interface WriterContext {
  readonly client: Client
  readonly ledger: Ledger
  readonly random: Random
  /** Set before the process is killed: from then on a failed request is what is expected. */
  readonly signal: AbortSignal
  readonly nextSerial: () => number
  readonly report: (violation: string) => void
}

/** Edits images that no other writer edits, one request after the other, until the process is gone. */
export async function editImages(
  context: WriterContext,
  imageIds: readonly ImageId[],
): Promise<void> {
  await untilKilled(context, async () => {
    const imageId = context.random.pick(imageIds)
    const operation = chooseOperation(context, imageId)
    if (operation !== null) await perform(context, imageId, operation)
  })
}

/** Tags and sets the status of many images at once; the statuses only of images that nobody edits. */
export async function changeBatches(
  context: WriterContext,
  options: {
    readonly taggable: readonly ImageId[]
    readonly own: readonly ImageId[]
    /** Undo of a batch takes back whatever came last in the project, so only a lone writer may use it. */
    readonly mayUndo: boolean
  },
): Promise<void> {
  const { random, ledger, client } = context
  await untilKilled(context, async () => {
    const effect = chooseEffect(random)
    const ids = chooseSome(random, effect.kind === 'tag' ? options.taggable : options.own)
    const effects = new Map(ids.map((id) => [id, effect]))
    const inverse = ledger.invert(effects)
    await sendBatch(context, effects, () => {
      const selection = { kind: 'ids' as const, ids }
      return effect.kind === 'tag'
        ? client.library.setTag({ selection, tag: effect.tag, on: effect.on })
        : client.library.setStatus({ selection, status: effect.status })
    })
    if (!options.mayUndo || random.chance(0.5)) return
    await sendBatch(context, inverse, () => client.align.undo({ imageId: null }))
    if (random.chance(0.5)) return
    await sendBatch(context, effects, () => client.align.redo({ imageId: null }))
  })
}

async function untilKilled(context: WriterContext, step: () => Promise<void>): Promise<void> {
  try {
    while (!context.signal.aborted) await step()
  } catch (error) {
    // Before the kill every request must be answered, and after it an answer is still an answer.
    if (context.signal.aborted && !isAnswer(error)) return
    context.report(`A request failed: ${describe(error)}`)
  }
}

async function sendBatch(
  context: WriterContext,
  effects: BatchEffects,
  request: () => Promise<unknown>,
): Promise<void> {
  context.ledger.sendBatch(effects)
  await request()
  context.ledger.acknowledgeBatch()
}

async function perform(
  context: WriterContext,
  imageId: ImageId,
  operation: ImageOperation,
): Promise<void> {
  const { ledger } = context
  const baseRevisionId = ledger.headId(imageId)
  ledger.send(imageId, operation)
  const answer = await request(context, { imageId, baseRevisionId }, operation)
  const revisionIds = 'revisions' in answer ? answer.revisions.map((revision) => revision.id) : null
  ledger.acknowledge(imageId, revisionIds)
}

function request(
  { client, ledger }: WriterContext,
  write: { readonly imageId: ImageId; readonly baseRevisionId: RevisionId | null },
  operation: ImageOperation,
): Promise<object & { readonly revisions?: readonly { readonly id: RevisionId }[] }> {
  switch (operation.kind) {
    case 'autosave':
      return client.align.autosave({ ...write, text: operation.text })
    case 'submit':
      return client.align.submit({ ...write, text: operation.text })
    case 'setStatus':
      return client.align.setStatus({ ...write, status: operation.status })
    case 'restore': {
      const revisionId = ledger.revisionId(write.imageId, operation.revision)
      if (revisionId === null) throw new Error('A revision to restore has no id.')
      return client.align.restore({ ...write, revisionId })
    }
    case 'discardDraft':
      return client.align.discardDraft(write)
    case 'undo':
      return client.align.undo({ imageId: write.imageId })
    case 'redo':
      return client.align.redo({ imageId: write.imageId })
  }
}

const KINDS = [
  ['autosave', 8],
  ['submit', 5],
  ['setStatus', 2],
  ['restore', 1],
  ['discardDraft', 1],
  ['undo', 2],
  ['redo', 1],
] as const satisfies readonly (readonly [ImageOperation['kind'], number])[]

/** Null where the choice is one that Realign must refuse. */
function chooseOperation(context: WriterContext, imageId: ImageId): ImageOperation | null {
  const { random, ledger, nextSerial } = context
  const model = ledger.model(imageId)
  const operation = ((): ImageOperation => {
    const kind = random.weighted(KINDS)
    switch (kind) {
      case 'autosave':
      case 'submit':
        return { kind, text: makeText(random, nextSerial()) }
      case 'setStatus':
        return { kind, status: random.pick(STATUSES) }
      case 'restore':
        return { kind, revision: random.integer(0, Math.max(0, model.revisions.length - 1)) }
      case 'discardDraft':
      case 'undo':
      case 'redo':
        return { kind }
    }
  })()
  return applyOperation(model, operation) === null ? null : operation
}

const TAGS = ['street', 'night', 'two words', 'été', 'emoji 🐟'] as const

/** What an image can be set to that nobody wrote a caption of. */
const UNWRITTEN = STATUSES.filter((status) =>
  fitsStatus(status, { hasCaption: false, hasDraft: false }),
)

function chooseEffect(random: Random): BatchEffect {
  return random.chance(0.7)
    ? { kind: 'tag', tag: random.pick(TAGS), on: random.chance(0.6) }
    : { kind: 'status', status: random.pick(UNWRITTEN) }
}

function chooseSome(random: Random, ids: readonly ImageId[]): ImageId[] {
  return random.shuffle(ids).slice(0, random.integer(1, ids.length))
}

/** Errors that the host answered with carry a status; a broken connection does not. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'status' in error
}

export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? ` (${String(error.code)})` : ''
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return `${error.message}${code}${cause}`
}
