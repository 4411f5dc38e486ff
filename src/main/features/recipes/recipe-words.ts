import type { ExportOptions } from '../../../shared/contract/exports.ts'
import type { RecipeChange, RecipeContent } from '../../../shared/contract/recipes.ts'
import type { Subset } from '../../../shared/contract/subset.ts'
import { WRITERS } from '../../formats/registry.ts'

const OFF = 'off'
const MAX_NAMED_CONCEPTS = 8

type Field = readonly [name: string, words: string]

/** What differs between two contents, in the order of the screen. */
export function diffContents(before: RecipeContent, after: RecipeContent): RecipeChange[] {
  const changes = pairsOf(describeContent(before), describeContent(after))
  const concepts = diffConcepts(before.subset.balance, after.subset.balance)
  return concepts === null ? changes : [...changes, concepts]
}

function pairsOf(before: readonly Field[], after: readonly Field[]): RecipeChange[] {
  return after.flatMap(([field, words], index) => {
    const old = before[index]?.[1] ?? OFF
    return old === words ? [] : [{ field, before: old, after: words }]
  })
}

/** All of a content but the concepts, always the same fields. */
function describeContent({ format, where, subset, options }: RecipeContent): readonly Field[] {
  return [
    ['Format', WRITERS.find(({ id }) => id === format)?.label ?? format],
    ['Query', where === '' ? 'all images' : where],
    ...describeSubset(subset),
    ...describeOptions(options),
  ]
}

function describeSubset(subset: Subset): readonly Field[] {
  const { take, strata, balance, budget, split } = subset
  return [
    ['Near-duplicates', subset.nearDuplicates === 'best' ? 'the best of each group' : 'all kept'],
    [
      'Take',
      take === null
        ? OFF
        : take.pick === 'first'
          ? `the first ${say(take.count)}`
          : `${say(take.count)} at random`,
    ],
    ['Strata', strata === null ? OFF : describeStrata(strata)],
    [
      'Balance by concepts',
      balance === null
        ? OFF
        : `at most about ${say(balance.most)} images a concept, in ${balance.texts}`,
    ],
    ['Images without a concept', balance === null ? OFF : balance.others],
    ['Budget', budget === null ? OFF : `${say(budget)} images`],
    ['Split', split === null ? OFF : describeShares(split.shares)],
    ['Kept together', split === null ? OFF : TOGETHER[split.together]],
    ['Seed of the subset', String(subset.seed)],
  ]
}

const TOGETHER = {
  duplicates: 'near-duplicates',
  host: 'near-duplicates and images of one web host',
  folder: 'near-duplicates and images of one folder',
} as const

function describeStrata({ by, queries, shares, count }: NonNullable<Subset['strata']>): string {
  const names = by === 'query' ? `queries ${queries.join(' | ')}` : by
  return `${say(count)} images, ${shares} shares by ${names}`
}

function describeShares(shares: NonNullable<Subset['split']>['shares']): string {
  return Object.entries(shares)
    .map(([name, share]) => `${name} ${share}`)
    .join(', ')
}

function describeOptions(options: ExportOptions): readonly Field[] {
  const { mix, sentences, tokens, describe } = options
  return [
    ['Text', options.text],
    ['Kinds of text', options.text === 'several' ? options.roles.join(', ') : OFF],
    [
      'Shares of the mix',
      options.text === 'mix'
        ? `caption ${mix.caption}, alt ${mix.alt}, revision ${mix.revision}`
        : OFF,
    ],
    ['Seed of texts', String(options.seed)],
    ['Sentences', sentences === null ? 'all' : `${sentences.pick} ${sentences.count}`],
    [
      'Limit of tokens',
      tokens === null
        ? OFF
        : `${tokens.target}, ${tokens.limit ?? 'its own limit'}, ${tokens.over}`,
    ],
    ['Before each text', options.prefix === '' ? 'nothing' : options.prefix],
    [
      'Images in a file',
      options.shardImages === null ? 'as usual for the format' : say(options.shardImages),
    ],
    ['Pictures', options.images],
    ['Safe for spreadsheets', options.spreadsheetSafe ? 'yes' : 'no'],
    ['Byte-order mark', options.byteOrderMark ? 'yes' : 'no'],
    [
      'Description',
      describe === null
        ? OFF
        : `licence “${describe.licence}”, creator “${describe.creator}”, ${describe.url}, ${describe.description}`,
    ],
  ]
}

function diffConcepts(before: Subset['balance'], after: Subset['balance']): RecipeChange | null {
  const old = before?.concepts ?? []
  const now = after?.concepts ?? []
  const [oldSet, nowSet] = [new Set(old), new Set(now)]
  const added = now.filter((concept) => !oldSet.has(concept))
  const removed = old.filter((concept) => !nowSet.has(concept))
  if (added.length === 0 && removed.length === 0) return null
  const parts = [
    added.length === 0 ? null : `added ${nameSome(added)}`,
    removed.length === 0 ? null : `removed ${nameSome(removed)}`,
  ].filter((part) => part !== null)
  return {
    field: 'Concepts',
    before: say(old.length),
    after: `${say(now.length)}: ${parts.join('; ')}`,
  }
}

function nameSome(concepts: readonly string[]): string {
  const named = concepts.slice(0, MAX_NAMED_CONCEPTS).join(', ')
  const more = concepts.length - MAX_NAMED_CONCEPTS
  return more > 0 ? `${named} and ${say(more)} more` : named
}

function say(count: number): string {
  return count.toLocaleString('en-US')
}
