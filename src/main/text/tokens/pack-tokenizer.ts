import { readFile, stat } from 'node:fs/promises'
import type { Log } from '../../base/log.ts'
import type { TokenizerFiles } from '../requests.ts'
import type { TargetTokenizer } from './measure-budgets.ts'

/** The library's own types name their neighbours without an extension, so TypeScript cannot follow them. */
interface TokenizerLibrary {
  readonly Tokenizer: new (
    model: object,
    config: object,
  ) => {
    encode(
      text: string,
      options: { readonly add_special_tokens: boolean },
    ): { readonly ids: readonly number[] }
  }
}

interface Kept {
  /** Of the files as they were read. */
  readonly stamp: string
  readonly tokenizer: Promise<TargetTokenizer | null>
}

/**
 * Reads the tokenizers of packs and keeps those that were wanted last, until their files change. One that cannot be read
 * is left out of the answer, and logged once.
 */
export function createPackTokenizers(
  log: Log,
): (wanted: readonly TokenizerFiles[]) => Promise<TargetTokenizer[]> {
  let kept: ReadonlyMap<string, Kept> = new Map()

  function keep(files: TokenizerFiles, stamp: string): Kept {
    const known = kept.get(files.tokenizer)
    if (known?.stamp === stamp) return known
    return { stamp, tokenizer: loadOrLog(files, log) }
  }

  return async (wanted) => {
    const stamps = await Promise.all(wanted.map(stampOf))
    // No waiting from here to where `kept` is replaced: questions overlap, and each file is to be read once.
    const next = wanted.map(
      (files, index) => [files.tokenizer, keep(files, stamps[index] ?? '')] as const,
    )
    kept = new Map(next)
    const tokenizers = await Promise.all(next.map(([, { tokenizer }]) => tokenizer))
    return tokenizers.filter((tokenizer) => tokenizer !== null)
  }
}

async function loadOrLog(files: TokenizerFiles, log: Log): Promise<TargetTokenizer | null> {
  try {
    return await loadPackTokenizer(files)
  } catch (error) {
    log.warn('The tokenizer of a model pack could not be read; tokens are estimated', {
      path: files.tokenizer,
      error,
    })
    return null
  }
}

/**
 * Counts the tokens that a pack's encoder has of a text, without those that open and close it. The pack's prompt prefix
 * is left out: it belongs to how this pack is asked in a search, while trainers read the caption alone.
 */
async function loadPackTokenizer(files: TokenizerFiles): Promise<TargetTokenizer> {
  const { Tokenizer } = (await import('@huggingface/tokenizers')) as unknown as TokenizerLibrary
  const [model, config] = await Promise.all([
    readJson(files.tokenizer),
    files.config === null ? {} : readJson(files.config),
  ])
  const tokenizer = new Tokenizer(model, config)
  // What lowers a text or takes its punctuation out is the tokenizer's own normalizer. It takes no lone surrogates.
  const count = (text: string) =>
    tokenizer.encode(text.toWellFormed(), { add_special_tokens: false }).ids.length
  // A broken vocabulary shows itself with the first text, not before.
  count('a')
  return { target: files.target, encode: (text) => ({ count: count(text), ends: null }) }
}

async function stampOf({ tokenizer, config }: TokenizerFiles): Promise<string> {
  const paths = config === null ? [tokenizer] : [tokenizer, config]
  const stamps = paths.map(async (path) => {
    const stats = await stat(path).catch(() => null)
    return stats === null ? 'absent' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`
  })
  return (await Promise.all(stamps)).join(', ')
}

async function readJson(path: string): Promise<object> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'))
  if (typeof value !== 'object' || value === null) throw new Error('It holds no object.')
  return value
}
