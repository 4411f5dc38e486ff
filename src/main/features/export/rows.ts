import { createHash } from 'node:crypto'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { ExportRow, ExportText } from '../../formats/format.ts'
import { readAhead } from '../../base/read-ahead.ts'
import type { ExportReads } from '../../db/export-reads.ts'
import type { StoredImage } from '../../db/queries/export-rows.ts'
import type { TextShaper } from './shape-rows.ts'

const PAGE = 500

/** Streams the chosen images in their order, a page in memory at a time. */
export async function* exportRows(
  reads: Pick<ExportReads, 'loadImages'>,
  request: {
    readonly imageIds: Uint32Array
    readonly shaper: TextShaper
    /** Whether a row has the list of its texts. */
    readonly isSeveral: boolean
    readonly projectUid: string
    readonly signal: AbortSignal
    /** Called for an image whose texts all have too many tokens. */
    readonly onLeftOut: () => void
  },
): AsyncGenerator<ExportRow> {
  const { isSeveral } = request
  const pseudonymOf = createPseudonyms(request.projectUid)
  for await (const { images, texts } of readAhead(loadPages(reads, request))) {
    for (const [index, image] of images.entries()) {
      const shaped = texts[index] ?? null
      if (shaped === null) request.onLeftOut()
      else yield toRow(image, shaped, { isSeveral, pseudonymOf })
    }
  }
}

/** Pages of images with their texts as they are to be written. */
async function* loadPages(
  reads: Pick<ExportReads, 'loadImages'>,
  request: {
    readonly imageIds: Uint32Array
    readonly shaper: TextShaper
    readonly signal: AbortSignal
  },
): AsyncGenerator<{
  readonly images: readonly StoredImage[]
  readonly texts: Awaited<ReturnType<TextShaper['shape']>>
}> {
  for (const imageIds of pagesOf(request.imageIds)) {
    request.signal.throwIfAborted()
    const images = await reads.loadImages(imageIds)
    yield { images, texts: await request.shaper.shape(images) }
  }
}

function* pagesOf(ids: Uint32Array): Generator<readonly ImageId[]> {
  for (let start = 0; start < ids.length; start += PAGE) {
    // Numbers of a column that row ids were read into.
    yield Array.from(ids.subarray(start, start + PAGE), (id) => id as ImageId)
  }
}

function toRow(
  image: StoredImage,
  texts: readonly ExportText[],
  options: { readonly pseudonymOf: (name: string) => string; readonly isSeveral: boolean },
): ExportRow {
  const head = image.revisions.find((revision) => revision.id === image.headRevisionId)
  const [first] = texts
  return {
    image: toExchange(image),
    filePath: image.problem === null ? image.filePath : null,
    url: image.url,
    caption: head?.text ?? null,
    text: first?.text ?? '',
    textKind: first?.role ?? 'none',
    texts: options.isSeveral ? texts : null,
    annotator: head === undefined ? '' : options.pseudonymOf(head.authorName),
    updatedAt: image.updatedAt,
  }
}

/** The same person has the same name within a project's exports, and another one in other projects. */
function createPseudonyms(projectUid: string): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const digest = createHash('sha256').update(`${projectUid}\n${name}`).digest('hex')
    const made = `person-${digest.slice(0, 8)}`
    known.set(name, made)
    return made
  }
}

function toExchange(image: StoredImage): ExportRow['image'] {
  const standing = standingRevisions(image)
  const uids = new Map(image.revisions.map((revision) => [revision.id, revision.uid]))
  const uidOf = (id: StoredImage['headRevisionId']): string | null =>
    id === null ? null : (uids.get(id) ?? null)
  return {
    uid: image.uid,
    sha256: image.hash,
    fileName: image.name,
    locations: image.locations,
    width: image.width,
    height: image.height,
    format: image.format,
    sizeBytes: image.sizeBytes,
    perceptualHash: image.perceptualHash,
    status: image.status,
    round: image.round,
    workRound: image.workRound,
    cameFrom: image.cameFrom,
    tags: image.tags,
    // Alt-texts have no name of their own: their place under the image is stable, since they are never removed.
    alts: image.altTexts.map((alt, index) => ({ uid: `${image.uid}-alt-${index + 1}`, ...alt })),
    headRevision: uidOf(image.headRevisionId),
    revisions: image.revisions.map((revision) => ({
      uid: revision.uid,
      parent: uidOf(revision.parentId),
      round: revision.round,
      text: revision.text,
      authorKind: revision.authorKind,
      author: revision.authorName,
      note: revision.note,
      isWithdrawn: !standing.has(revision.id),
      createdAt: revision.createdAt,
      proposals: revision.proposals,
      guidelineVersion: revision.guidelineVersion,
      editingMs: revision.editingMs,
      editShare: revision.editShare,
    })),
    reviews: image.reviews,
    proposals: image.proposals,
    overrides: image.answers,
    draft:
      image.draft === null
        ? null
        : {
            text: image.draft.text,
            base: uidOf(image.draft.baseRevisionId),
            savedAt: image.draft.savedAt,
          },
    problem: image.problem,
  }
}

/** The revisions that the head was made from, with itself: what was undone is not among them. */
function standingRevisions(image: StoredImage): ReadonlySet<number> {
  const parents = new Map(image.revisions.map((revision) => [revision.id, revision.parentId]))
  const standing = new Set<number>()
  for (
    let id = image.headRevisionId;
    id !== null && !standing.has(id);
    id = parents.get(id) ?? null
  ) {
    standing.add(id)
  }
  return standing
}
