import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * A folder where `@huggingface/transformers` is installed. It is no dependency of Realign, not even of its development,
 * because its installation fetches files of its own.
 */
const LIBRARY_FOLDER = process.env['REALIGN_BENCH_TRANSFORMERS']

/** The part of the library that is used. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string }
  readonly RawImage: { read(path: string): Promise<object> }
  readonly AutoProcessor: FromFolder<(images: readonly object[]) => Promise<object>>
  readonly CLIPVisionModelWithProjection: FromFolder<
    (inputs: object) => Promise<{ readonly image_embeds: { readonly dims: readonly number[] } }>
  >
}

interface FromFolder<Made> {
  from_pretrained(name: string, options?: object): Promise<Made>
}

/**
 * Images a second of the library's own reading, preparing and computing with a CLIP folder as model hubs have it, in
 * batches of the size given, with the threads that Realign's session has. Null where it is not installed.
 */
export async function timePipeline(
  modelFolder: string,
  paths: readonly string[],
  batch: number,
): Promise<number | null> {
  if (LIBRARY_FOLDER === undefined) return null
  const entry = createRequire(join(LIBRARY_FOLDER, 'package.json')).resolve(
    '@huggingface/transformers',
  )
  const library = (await import(pathToFileURL(entry).href)) as Transformers
  library.env.allowRemoteModels = false
  library.env.localModelPath = dirname(modelFolder)
  const name = basename(modelFolder)
  const prepare = await library.AutoProcessor.from_pretrained(name)
  const model = await library.CLIPVisionModelWithProjection.from_pretrained(name, {
    dtype: 'fp32',
    session_options: { intraOpNumThreads: availableParallelism() },
  })
  const compute = async (part: readonly string[]): Promise<void> => {
    const images = await Promise.all(part.map((path) => library.RawImage.read(path)))
    const { image_embeds } = await model(await prepare(images))
    if (image_embeds.dims[0] !== part.length) throw new Error('A picture got no vector.')
  }
  await compute(paths.slice(0, batch))
  const start = performance.now()
  for (let from = 0; from < paths.length; from += batch) {
    await compute(paths.slice(from, from + batch))
  }
  return (paths.length * 1000) / (performance.now() - start)
}
