import { readFile } from 'node:fs/promises'
import type { PackText } from '../../shared/domain/pack.ts'
import { AppError } from '../../shared/errors.ts'

export interface TextTokens {
  /** With special tokens, not filled up, at most as many as the window holds. */
  readonly ids: readonly number[]
  /** How many there would be without the window. */
  readonly fullLength: number
}

export interface PackTokenizer {
  encode(text: string): TextTokens
}

/** The library's own types name their neighbours without an extension, so TypeScript cannot follow them. */
interface TokenizerLibrary {
  readonly Tokenizer: new (
    model: object,
    config: object,
  ) => { encode(text: string): { readonly ids: readonly number[] } }
}

/** Reads the tokenizer files of a pack. Throws PACK_TOKENIZER_INVALID. */
export async function loadTokenizer(
  paths: { readonly tokenizer: string; readonly config: string | null },
  text: Pick<PackText, 'window' | 'endId' | 'prefix'>,
): Promise<PackTokenizer> {
  const encode = await loadEncoder(paths)
  return {
    encode(words) {
      const ids = encode(text.prefix + words)
      return { ids: cutToWindow(ids, text), fullLength: ids.length }
    },
  }
}

/** The plain tokenizer of a `tokenizer.json`, special tokens included and nothing cut. */
export async function loadEncoder(paths: {
  readonly tokenizer: string
  readonly config: string | null
}): Promise<(text: string) => readonly number[]> {
  try {
    const { Tokenizer } = (await import('@huggingface/tokenizers')) as unknown as TokenizerLibrary
    const [model, config] = await Promise.all([
      readJson(paths.tokenizer),
      paths.config === null ? {} : readJson(paths.config),
    ])
    const tokenizer = new Tokenizer(model, config)
    // A broken vocabulary shows itself with the first text, not before.
    tokenizer.encode('a')
    return (text) => tokenizer.encode(text.toWellFormed()).ids
  } catch (error) {
    throw new AppError(
      'PACK_TOKENIZER_INVALID',
      'The tokenizer.json of this model pack is missing, damaged or of an unknown kind. Verify the pack, or install it again.',
      { cause: error },
    )
  }
}

async function readJson(path: string): Promise<object> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'))
  if (typeof value !== 'object' || value === null) throw new Error('It holds no object.')
  return value
}

function cutToWindow(
  ids: readonly number[],
  { window, endId }: Pick<PackText, 'window' | 'endId'>,
): readonly number[] {
  if (ids.length <= window) return ids
  return endId === null ? ids.slice(0, window) : [...ids.slice(0, window - 1), endId]
}
