import type { ImageSearchAnswer } from '../../../shared/contract/models.ts'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Db } from '../../db/client.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { PackPlace } from '../../models/session-pool.ts'
import { vectorFilePath } from '../../models/vector-file.ts'
import type { SearchAnswer, SearchTerm } from '../../models/vector-search.ts'
import type { OpenProject } from '../open-project.ts'
import type { InstalledEncoder } from './choose-pack.ts'
import { countPictures } from './embed-job.ts'

export interface ImageSearch {
  readonly text: string
  readonly minus: readonly string[]
  readonly like: readonly ImageId[]
  readonly where: string
  readonly top: number
}

/** Half, because texts have much in common whatever they say, and all of it would be taken away. */
const MINUS_WEIGHT = -0.5
/** Further hits in case some are of images that have changed since their vector was made. */
const SPARE = 20
const ID_PAGE = 50_000

/** Looks for images by what they show. Throws INPUT_INVALID when there is nothing to look for. */
export async function searchImages(
  search: ImageSearch,
  around: {
    readonly project: Pick<OpenProject, 'db' | 'files' | 'personId'>
    readonly pack: InstalledEncoder
    readonly inference: InferenceClient
  },
): Promise<ImageSearchAnswer> {
  const { project, pack, inference } = around
  const { db, personId } = project
  const text = search.text.trim()
  if (text === '' && search.like.length === 0) {
    throw new AppError(
      'INPUT_INVALID',
      'A text or an image to look for was expected, but both are missing. Say what the images should show.',
    )
  }
  const among =
    search.where.trim() === '' ? null : await readIds(db, { query: search.where, personId })
  const place = { folder: pack.folder, id: pack.manifest.id, revision: pack.manifest.revision }
  const texts = await textTerms(inference, place, { text, minus: search.minus })
  const find = (terms: readonly SearchTerm[]): Promise<SearchAnswer> =>
    inference.search({
      path: vectorFilePath(project.files.cache, pack.manifest),
      dimension: pack.manifest.dimension,
      terms,
      count: search.top + SPARE,
      among,
      except: search.like,
    })
  const images = search.like.map((imageId) => ({ kind: 'image' as const, imageId, weight: 1 }))
  let answer = await find([...texts.terms, ...images])
  if (answer.unknownIds.length > 0) {
    const known = images.filter((term) => !answer.unknownIds.includes(term.imageId))
    const fresh = await freshTerms(answer.unknownIds, { db, inference, place })
    answer = await find([...texts.terms, ...known, ...fresh])
  }
  const total = await countPictures(db)
  return {
    pack: describePack(pack),
    rows: await toRows(answer, { db, personId, top: search.top }),
    covered: answer.covered,
    total,
    isTextCut: texts.isCut,
    notes: notesOf(answer, { total, pack }),
  }
}

export function describePack({ manifest }: InstalledEncoder): ImageSearchAnswer['pack'] {
  const { id, revision, name, scope } = manifest
  return { id, revision, name, scopeNote: scope.note }
}

async function textTerms(
  inference: InferenceClient,
  pack: PackPlace,
  wish: { readonly text: string; readonly minus: readonly string[] },
): Promise<{ readonly terms: readonly SearchTerm[]; readonly isCut: boolean }> {
  const plus = wish.text === '' ? [] : [wish.text]
  const texts = [...plus, ...wish.minus]
  if (texts.length === 0) return { terms: [], isCut: false }
  const vectors = await inference.texts({
    pack,
    texts,
    kind: 'caption',
    urgency: 'interactive',
  })
  return {
    terms: vectors.map(({ vector }, index) => ({
      kind: 'vector',
      vector,
      weight: index < plus.length ? 1 : MINUS_WEIGHT,
    })),
    isCut: vectors.some((vector) => vector.isCut),
  }
}

/** Images that the job has not come to yet are computed on the spot. */
async function freshTerms(
  imageIds: readonly number[],
  around: { readonly db: Db; readonly inference: InferenceClient; readonly place: PackPlace },
): Promise<readonly SearchTerm[]> {
  return Promise.all(
    imageIds.map(async (id) => {
      const picture = await around.db.read.findPicture({ id: id as ImageId })
      if (picture?.path == null) {
        throw new AppError(
          'IMAGE_NOT_FOUND',
          `Image ${id} has no file that could be looked at. Choose another image to search with.`,
        )
      }
      const { vector } = await around.inference.picture({
        pack: around.place,
        task: 'vector',
        path: picture.path,
        hash: picture.hash,
        urgency: 'interactive',
      })
      return { kind: 'vector' as const, vector, weight: 1 }
    }),
  )
}

async function readIds(
  db: Db,
  args: { readonly query: string; readonly personId: PersonId },
): Promise<Uint32Array> {
  const ids: ImageId[] = []
  let after: ImageId | null = null
  for (;;) {
    const page: readonly ImageId[] = await db.read.selectImageIds({
      ...args,
      after,
      limit: ID_PAGE,
    })
    for (const id of page) ids.push(id)
    const last = page.at(-1)
    if (last === undefined || page.length < ID_PAGE) return Uint32Array.from(ids).sort()
    after = last
  }
}

/** A hit whose image has other content by now was found by what it showed before, and is left out. */
async function toRows(
  { hits }: SearchAnswer,
  around: { readonly db: Db; readonly personId: PersonId; readonly top: number },
): Promise<ImageSearchAnswer['rows']> {
  const ids = hits.map((hit) => hit.imageId as ImageId)
  const rows = await around.db.read.libraryRows({ ids, personId: around.personId })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const found: ImageSearchAnswer['rows'] = []
  for (const hit of hits) {
    const row = byId.get(hit.imageId as ImageId)
    if (row?.hash !== hit.hash || found.length >= around.top) continue
    const { id, name, hash } = row
    found.push({ imageId: id, name, hash, rank: found.length + 1, score: hit.score })
  }
  return found
}

function notesOf(
  answer: SearchAnswer,
  around: { readonly total: number; readonly pack: InstalledEncoder },
): string[] {
  const { covered, isCut } = answer
  const { total, pack } = around
  const left = total - covered
  return [
    ...(left > 0
      ? [
          `${left} of ${total} images have no vector of this pack yet and cannot be found. Compute them first.`,
        ]
      : []),
    ...(isCut
      ? [
          'The vector file is cut short; the images behind the cut are missing here. Compute the vectors again to mend it.',
        ]
      : []),
    ...(pack.manifest.scope.images === 'sample-world' ? [pack.manifest.scope.note] : []),
  ]
}
