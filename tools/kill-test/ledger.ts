import type { ImageId, RevisionId } from '../../src/shared/domain/ids.ts'
import type { Status } from '../../src/shared/domain/status.ts'
import { applyOperation, NEW_IMAGE, type ImageModel, type ImageOperation } from './image-model.ts'

/** What is stored of an image, read straight from the project file. */
export interface StoredImage {
  readonly status: Status
  readonly headRevisionId: RevisionId | null
  readonly draft: string | null
  /** Oldest first. */
  readonly revisions: readonly { readonly id: RevisionId; readonly text: string }[]
  readonly journalRows: number
  readonly tags: ReadonlySet<string>
}

/** What one request for many images makes of each of them. */
export type BatchEffect =
  | { readonly kind: 'tag'; readonly tag: string; readonly on: boolean }
  | { readonly kind: 'status'; readonly status: Status }

export type BatchEffects = ReadonlyMap<ImageId, BatchEffect>

interface TrackedImage {
  model: ImageModel
  /** Ids of the model's revisions, as far as they are known. */
  revisionIds: readonly RevisionId[]
  readonly tags: Set<string>
  /** Sent, but not answered when the process died: may or may not have happened, but never by half. */
  pending: ImageOperation | null
}

/** Remembers what was acknowledged, and judges what is found after a kill. */
export class Ledger {
  readonly #images = new Map<ImageId, TrackedImage>()
  #pendingBatch: BatchEffects = new Map()
  #acknowledged = 0

  constructor(imageIds: readonly ImageId[]) {
    for (const id of imageIds) {
      this.#images.set(id, { model: NEW_IMAGE, revisionIds: [], tags: new Set(), pending: null })
    }
  }

  /** How many requests were answered so far. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  model(id: ImageId): ImageModel {
    return this.#get(id).model
  }

  headId(id: ImageId): RevisionId | null {
    const { head } = this.#get(id).model.state
    return head === null ? null : this.revisionId(id, head)
  }

  revisionId(id: ImageId, revision: number): RevisionId | null {
    return this.#get(id).revisionIds[revision] ?? null
  }

  send(id: ImageId, operation: ImageOperation): void {
    this.#get(id).pending = operation
  }

  /** `revisionIds` as the answer told them; null where the answer tells none. */
  acknowledge(id: ImageId, revisionIds: readonly RevisionId[] | null): void {
    const image = this.#get(id)
    const next = image.pending === null ? null : applyOperation(image.model, image.pending)
    if (next === null) throw new Error(`Image ${id} accepted what it should have refused.`)
    image.model = next
    image.pending = null
    if (revisionIds !== null) image.revisionIds = revisionIds
    this.#acknowledged += 1
  }

  sendBatch(effects: BatchEffects): void {
    this.#pendingBatch = effects
  }

  acknowledgeBatch(): void {
    this.#applyBatch()
    this.#acknowledged += 1
  }

  /** What has to be done to put these images back after the given effects. */
  invert(effects: BatchEffects): BatchEffects {
    const inverse = new Map<ImageId, BatchEffect>()
    for (const [id, effect] of effects) {
      if (this.#holds(id, effect)) continue
      inverse.set(
        id,
        effect.kind === 'tag'
          ? { ...effect, on: !effect.on }
          : { kind: 'status', status: this.#get(id).model.state.status },
      )
    }
    return inverse
  }

  /**
   * Compares with what is stored and goes on from there: what was pending is now known to have happened or not.
   * Answers a sentence for each thing that is not as it must be.
   */
  settle(stored: ReadonlyMap<ImageId, StoredImage>): readonly string[] {
    const violations = this.#settleBatch(stored)
    for (const [id, image] of this.#images) {
      const found = stored.get(id)
      if (found === undefined) violations.push(`Image ${id} is gone.`)
      else violations.push(...settleImage(id, image, found))
    }
    return violations
  }

  #settleBatch(stored: ReadonlyMap<ImageId, StoredImage>): string[] {
    const moving = [...this.#pendingBatch].filter(([id, effect]) => !this.#holds(id, effect))
    const moved = moving.filter(([id, effect]) => isStored(stored.get(id), effect))
    if (moved.length > 0) this.#applyBatch()
    else this.#pendingBatch = new Map()
    return moved.length > 0 && moved.length < moving.length
      ? [`An unanswered batch was applied to ${moved.length} of ${moving.length} images.`]
      : []
  }

  #applyBatch(): void {
    for (const [id, effect] of this.#pendingBatch) {
      const image = this.#get(id)
      if (effect.kind === 'status') {
        image.model = { ...image.model, state: { ...image.model.state, status: effect.status } }
      } else if (effect.on) image.tags.add(effect.tag)
      else image.tags.delete(effect.tag)
    }
    this.#pendingBatch = new Map()
  }

  #holds(id: ImageId, effect: BatchEffect): boolean {
    const { model, tags } = this.#get(id)
    return effect.kind === 'status'
      ? model.state.status === effect.status
      : tags.has(effect.tag) === effect.on
  }

  #get(id: ImageId): TrackedImage {
    const image = this.#images.get(id)
    if (image === undefined) throw new Error(`Image ${id} is not in the ledger.`)
    return image
  }
}

function settleImage(id: ImageId, image: TrackedImage, found: StoredImage): readonly string[] {
  const { pending } = image
  image.pending = null
  const unchanged = compare(image, image.model, found)
  const applied = pending === null ? null : applyOperation(image.model, pending)
  let left = unchanged
  if (unchanged.length > 0 && applied !== null) {
    left = compare(image, applied, found)
    if (left.length === 0) image.model = applied
  }
  image.revisionIds = found.revisions.map((revision) => revision.id)
  const after = pending === null ? '' : ` (with an unanswered ${pending.kind})`
  return left.map((difference) => `Image ${id}${after}: ${difference}`)
}

function compare(image: TrackedImage, model: ImageModel, found: StoredImage): string[] {
  const differences: string[] = []
  const expect = (what: string, expected: unknown, got: unknown): void => {
    if (expected === got) return
    differences.push(`expected ${what} ${show(expected)}, found ${show(got)}`)
  }
  expect('a count of revisions of', model.revisions.length, found.revisions.length)
  for (const [index, text] of model.revisions.entries()) {
    expect(`revision ${index + 1}`, text, found.revisions[index]?.text)
    const id = image.revisionIds[index]
    if (id !== undefined) expect(`the id of revision ${index + 1}`, id, found.revisions[index]?.id)
  }
  const head = found.revisions.findIndex((revision) => revision.id === found.headRevisionId)
  expect('head', model.state.head, found.headRevisionId === null ? null : head)
  expect('status', model.state.status, found.status)
  expect('draft', model.state.draft, found.draft)
  expect('a count of journal rows of', model.journalRows, found.journalRows)
  expect('tags', [...image.tags].sort().join(), [...found.tags].sort().join())
  return differences
}

function isStored(found: StoredImage | undefined, effect: BatchEffect): boolean {
  if (found === undefined) return false
  return effect.kind === 'status'
    ? found.status === effect.status
    : found.tags.has(effect.tag) === effect.on
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)}… (${text.length} characters)` : text
}
