import type { Db } from '../../db/client.ts'
import { asksSteps, chooseSubset, type CountedSubset, type SubsetWish } from './choose-subset.ts'
import type { ConceptWords, ConceptWordsWish } from './concept-words.ts'

/** A question to the subset thread, and the key by which it is given up. */
export interface AsideWork<Wish> {
  readonly key: number
  readonly wish: Wish
}

export type Cancelled = Pick<AsideWork<never>, 'key'>

let lastKey = 0

/** As `chooseSubset`, in a thread of its own: a million images and their texts take seconds. */
export async function chooseAside(
  db: Pick<Db, 'read' | 'aside'>,
  wish: SubsetWish,
): Promise<CountedSubset> {
  // What a query alone matches is listed by the reader already.
  if (!asksSteps(wish.subset)) return chooseSubset(db, wish)
  return (await ask(db, 'choose', wish)) as CountedSubset
}

/** As `countConceptWords`, in a thread of its own. */
export async function countWordsAside(
  db: Pick<Db, 'aside'>,
  wish: ConceptWordsWish,
): Promise<ConceptWords> {
  return (await ask(db, 'words', wish)) as ConceptWords
}

/** Rejects with the signal's reason as soon as it is aborted; the thread stops at its next page. */
async function ask(
  { aside }: Pick<Db, 'aside'>,
  name: 'choose' | 'words',
  { signal, ...wish }: SubsetWish | ConceptWordsWish,
): Promise<unknown> {
  signal.throwIfAborted()
  lastKey += 1
  const key = lastKey
  const gaveUp = Promise.withResolvers<never>()
  const onAbort = (): void => {
    // Where the project is closed by now, the thread is gone.
    aside.call('cancel', { key } satisfies Cancelled).catch(() => undefined)
    gaveUp.reject(signal.reason as Error)
  }
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([aside.call(name, { key, wish }), gaveUp.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
