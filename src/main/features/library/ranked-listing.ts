import type { LibraryPage, LibraryRow, Selection } from '../../../shared/contract/library.ts'
import type { ImageSearchAnswer } from '../../../shared/contract/models.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { findMeaning, type Meaning } from '../../../shared/domain/query/meaning.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Asking } from '../../base/asking.ts'
import type { LibraryAround } from '../../db/queries/library.ts'
import type { FeatureContext } from '../open-project.ts'

/** Puts images in the order of how well they fit, by a model. */
export type RankImages = (
  asking: Asking,
  wish: {
    readonly text: string
    readonly minus: readonly string[]
    readonly like: readonly ImageId[]
    readonly where: string
    readonly top: number
  },
) => Promise<ImageSearchAnswer>

/** So many of the best fitting are listed: further down a model's order says little. */
const MAX_RANKED = 500

type Ranked = ImageSearchAnswer['rows']

export interface RankedListing {
  /** What the query asks of a model, or null when the store alone answers it. Throws QUERY_INVALID. */
  readonly meaningOf: (query: string) => Meaning | null
  page(
    asking: Asking,
    args: { readonly query: string; readonly position: number; readonly limit: number },
  ): Promise<LibraryPage>
  around(
    asking: Asking,
    args: {
      readonly query: string
      readonly imageId: ImageId
      readonly before: number
      readonly after: number
    },
  ): Promise<LibraryAround>
  /** The selection with its images named where its query asks a model; any other as it is. */
  name(asking: Asking, selection: Selection): Promise<Selection>
}

/** The listings of queries with `sim:` and `like:` terms: at most 500 images, the best fitting first. */
export function createRankedListing(context: FeatureContext, rank: RankImages): RankedListing {
  /** The order as it was last listed: walking through it must not lose the image that was just worked on. */
  let last: { readonly key: string; readonly rows: Ranked } | null = null

  async function rankAnew(asking: Asking, query: string): Promise<Ranked> {
    const meaning = meaningOf(query)
    if (meaning === null) throw new Error('a query that asks no model has no order')
    const { rows } = await rank(asking, {
      text: meaning.texts.join(', '),
      minus: meaning.minus,
      like: await findPictures(asking, query, meaning.like),
      where: meaning.rest,
      top: MAX_RANKED,
    })
    last = { key: keyOf(asking, query), rows }
    return rows
  }

  function keyOf(asking: Asking, query: string): string {
    const { files, personId } = context.project(asking)
    return JSON.stringify([files.folder, personId, query])
  }

  async function findPictures(
    asking: Asking,
    query: string,
    hashes: readonly string[],
  ): Promise<readonly ImageId[]> {
    const { db, personId } = context.project(asking)
    const found: ImageId[] = []
    for (const hash of hashes) {
      const [imageId] = await db.read.selectImageIds({
        ...{ query: `hash:${hash}`, personId, after: null, limit: 1 },
      })
      if (imageId === undefined) throw unknownPicture(query, hash)
      found.push(imageId)
    }
    return found
  }

  async function loadRows(asking: Asking, ranked: Ranked): Promise<LibraryRow[]> {
    const { db, personId } = context.project(asking)
    const rows = await db.read.libraryRows({ ids: ranked.map((row) => row.imageId), personId })
    const byId = new Map(ranked.map((row) => [row.imageId, row]))
    return rows.map((row) => {
      const place = byId.get(row.id)
      return place === undefined
        ? row
        : { ...row, similarity: { rank: place.rank, score: place.score } }
    })
  }

  return {
    meaningOf,
    async page(asking, { query, position, limit }) {
      const ranked = await rankAnew(asking, query)
      const rows = await loadRows(asking, ranked.slice(position, position + limit))
      return { rows, position, total: ranked.length }
    },
    async around(asking, { query, imageId, before, after }) {
      const isIn = (ranked: Ranked): boolean => ranked.some((row) => row.imageId === imageId)
      const known = last?.key === keyOf(asking, query) ? last.rows : null
      const ranked = known !== null && isIn(known) ? known : await rankAnew(asking, query)
      const at = Math.max(
        0,
        ranked.findIndex((row) => row.imageId === imageId),
      )
      const isListed = isIn(ranked)
      const position = Math.max(0, at - before)
      const shown = ranked.slice(position, at + after + (isListed ? 1 : 0))
      const rows = await loadRows(asking, shown)
      return { rows, index: at - position, isListed, position, total: ranked.length }
    },
    async name(asking, selection) {
      if (selection.kind === 'ids' || meaningOf(selection.query) === null) return selection
      const except = new Set(selection.except)
      const ranked = await rankAnew(asking, selection.query)
      const ids = ranked.map((row) => row.imageId).filter((id) => !except.has(id))
      return { kind: 'ids', ids }
    },
  }
}

function meaningOf(query: string): Meaning | null {
  const result = findMeaning(query)
  if (result.ok) return result.meaning
  const { message, start, end } = result.error
  throw new AppError('QUERY_INVALID', message, { data: { start, end } })
}

function unknownPicture(query: string, hash: string): AppError {
  const start = Math.max(0, query.toLowerCase().indexOf(hash))
  return new AppError(
    'QUERY_INVALID',
    `Expected the content hash of an image of this project after like:, but none starts with ${hash}`,
    { data: { start, end: start + hash.length } },
  )
}
