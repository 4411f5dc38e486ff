import { readFile } from 'node:fs/promises'
import type { OcrPack } from '../../../shared/domain/pack.ts'
import { AppError } from '../../../shared/errors.ts'
import { stackViews } from './batch.ts'
import type { VisiblePixels } from './image-tensor.ts'
import { runsUpright, straighten, turnOver } from './ocr-crop.ts'
import { cornersOf, startAt, type Point, type Quad } from './ocr-geometry.ts'
import { findTurned, readLines } from './ocr-lines.ts'
import { inReadingOrder } from './ocr-order.ts'
import { findTextRegions } from './ocr-regions.ts'
import { parseAlphabet } from './ocr-text.ts'
import { toPicture, WHOLE } from './placement.ts'
import type { PackRuntime, PictureTask, PreparedPicture } from './task.ts'

export interface FoundLine {
  readonly text: string
  /** Mean likelihood of its characters, 0 to 1. */
  readonly score: number
  /** Shares of the picture, 0 to 1: where the text starts at the top, ends at the top, ends below, starts below. */
  readonly quad: Quad
}

/** What is read with less is mostly texture; PP-OCR's own value. */
const LEAST_SCORE = 0.5

/** The lines of text in a picture, in the order of reading. */
export function createLineTask(): PictureTask<OcrPack, readonly FoundLine[]> {
  return {
    views: ({ detection }) => [{ part: WHOLE, input: detection.image }],
    async run(runtime, pictures) {
      const results: (readonly FoundLine[])[] = []
      // One by one: pictures differ in shape, and each brings a batch of lines of its own.
      for (const picture of pictures) results.push(await readPicture(runtime, picture))
      return results
    },
  }
}

async function readPicture(
  runtime: PackRuntime<OcrPack>,
  picture: PreparedPicture,
): Promise<readonly FoundLine[]> {
  const quads = await findQuads(runtime, picture)
  if (quads.length === 0) return []
  const pixels = await picture.pixels()
  const straight = await cutLines(runtime, pixels, quads)
  const texts = await readLines(
    await runtime.graph('recognition-graph'),
    runtime.manifest.recognition,
    { lines: straight.map(({ line }) => line), alphabet: await readAlphabet(runtime) },
  )
  const lines = texts.flatMap(({ text, score }, index) => {
    const quad = straight[index]?.quad
    const isRead = quad !== undefined && text !== '' && score >= LEAST_SCORE
    return isRead ? [{ text, score, quad }] : []
  })
  return inReadingOrder(lines).map((line) => ({ ...line, quad: toShares(line.quad, picture) }))
}

/** Quads in pixels of the picture, as they lie there. */
async function findQuads(
  runtime: PackRuntime<OcrPack>,
  picture: PreparedPicture,
): Promise<readonly Quad[]> {
  const [view] = picture.views
  if (view === undefined) throw new Error('A picture without its view was given.')
  const { input, output } = runtime.manifest.detection
  const detector = await runtime.graph('detection-graph')
  const [map] = await detector.run({ [input]: stackViews([view]) }, [output])
  const { width, height } = view.placement.tensor
  if (map.data.length !== width * height) {
    throw new AppError(
      'PACK_GRAPH_INVALID',
      `The text detector answers [${map.dims.join(', ')}] for an input of ${width} x ${height} pixels, but one number a pixel was expected.`,
    )
  }
  // Numbers of pixels are their middles.
  const place = ({ x, y }: Point): Point => toPicture({ x: x + 0.5, y: y + 0.5 }, view)
  return findTextRegions({ data: map.data, width, height }).map(({ rectangle }) => {
    const [first, second, third, fourth] = cornersOf(rectangle)
    return [place(first), place(second), place(third), place(fourth)]
  })
}

/** The lines cut out so that they can be read from left to right, and their quads turned likewise. */
async function cutLines(
  runtime: PackRuntime<OcrPack>,
  pixels: VisiblePixels,
  quads: readonly Quad[],
): Promise<readonly { readonly quad: Quad; readonly line: VisiblePixels }[]> {
  const level = quads.map((quad) => (runsUpright(quad) ? startAt(quad, 1) : quad))
  const cut = level.map((quad) => ({ quad, line: straighten(pixels, quad) }))
  const { classification } = runtime.manifest
  if (classification === undefined) return cut
  const lines = cut.map(({ line }) => line)
  const classifier = await runtime.graph('classification-graph')
  const turned = await findTurned(classifier, classification, lines)
  return cut.map(({ quad, line }, index) =>
    turned[index] === true ? { quad: startAt(quad, 2), line: turnOver(line) } : { quad, line },
  )
}

function readAlphabet(runtime: PackRuntime<OcrPack>): Promise<readonly string[]> {
  return runtime.keep('alphabet', async () =>
    parseAlphabet(await readFile(runtime.path('alphabet'), 'utf8')),
  )
}

function toShares(quad: Quad, picture: PreparedPicture): Quad {
  const share = ({ x, y }: Point): Point => ({
    x: Math.min(1, Math.max(0, x / picture.width)),
    y: Math.min(1, Math.max(0, y / picture.height)),
  })
  return [share(quad[0]), share(quad[1]), share(quad[2]), share(quad[3])]
}
