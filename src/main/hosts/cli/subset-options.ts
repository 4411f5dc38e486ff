import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ParseArgsOptionsConfig } from 'node:util'
import {
  CONCEPT_TEXTS,
  SPLIT_GROUPS,
  SPLITS,
  STRATA,
  subset,
  type Subset,
} from '../../../shared/contract/subset.ts'
import { UsageError, type AskedSubset } from './command.ts'
import { readAll, readChoice, readText, readWhole, type Values } from './option-values.ts'

export const SUBSET_OPTIONS = {
  dedupe: { type: 'boolean' },
  first: { type: 'string' },
  sample: { type: 'string' },
  strata: { type: 'string' },
  stratum: { type: 'string', multiple: true },
  balance: { type: 'string' },
  concepts: { type: 'string' },
  budget: { type: 'string' },
  split: { type: 'string' },
  together: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

const MAX_IMAGES = 100_000_000

/** @throws UsageError for an option that says something else than it may. */
export function readSubsetOptions(values: Values, seed: number, baseFolder: string): AskedSubset {
  const given = {
    seed,
    nearDuplicates: values['dedupe'] === true ? 'best' : 'keep',
    take: readTake(values),
    strata: readStrata(values),
    budget: readCount(values, 'budget'),
    split: readSplit(values),
  }
  const parsed = subset.safeParse(given)
  if (!parsed.success) throw new UsageError(parsed.error.issues[0]?.message ?? '')
  return { steps: parsed.data, balance: readBalance(values, baseFolder) }
}

/**
 * Fills in the list of concepts.
 * @throws UsageError where the file of concepts cannot be read or has none, or the texts name nothing.
 */
export async function readSubset(
  { steps, balance }: AskedSubset,
  findConcepts: (texts: NonNullable<Subset['balance']>['texts']) => Promise<readonly string[]>,
): Promise<Subset> {
  if (balance === null) return { ...steps, balance: null }
  const { conceptsFile, ...rest } = balance
  if (conceptsFile === null) {
    const concepts = [...(await findConcepts(rest.texts))]
    if (concepts.length > 0) return { ...steps, balance: { ...rest, concepts } }
    throw new UsageError(
      'The texts of these images name nothing that can be seen, as far as English words tell. Give the concepts with --concepts FILE.',
    )
  }
  const text = await readFile(conceptsFile, 'utf8').catch((error: unknown) => {
    throw new UsageError('The file of --concepts cannot be read.', { cause: error })
  })
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const concepts = [...new Set(lines.filter((line) => line !== ''))]
  const parsed = subset.shape.balance.safeParse({ ...rest, concepts })
  if (parsed.success) return { ...steps, balance: parsed.data }
  throw new UsageError(`--concepts: ${parsed.error.issues[0]?.message ?? 'a line cannot be used'}`)
}

function readTake(values: Values): Subset['take'] {
  const first = readCount(values, 'first')
  const sample = readCount(values, 'sample')
  if (first !== null && sample !== null) {
    throw new UsageError('--first and --sample say two different things; give one of them.')
  }
  if (first !== null) return { pick: 'first', count: first }
  return sample === null ? null : { pick: 'random', count: sample }
}

function readStrata(values: Values): Subset['strata'] {
  const text = readText(values, 'strata')
  const queries = [...readAll(values, 'stratum')]
  if (text === null) {
    if (queries.length === 0) return null
    throw new UsageError('--stratum needs --strata query:N, which is not given.')
  }
  const [name, size = '', shares = 'equal'] = text.split(':')
  const by = STRATA.find((known) => known === name)
  if (by === undefined || (shares !== 'equal' && shares !== 'proportional')) {
    throw new UsageError(
      `--strata is one of ${STRATA.join(', ')} with a number of images and, if wanted, equal or proportional, as in status:1000:equal, not "${text}".`,
    )
  }
  return { by, queries, shares, count: readWhole('strata', size, MAX_IMAGES) }
}

function readBalance(values: Values, baseFolder: string): AskedSubset['balance'] {
  const text = readText(values, 'balance')
  const file = readText(values, 'concepts')
  if (text === null) {
    if (file === null) return null
    throw new UsageError('--concepts is the list of --balance t=N, which is not given.')
  }
  const parts = new Map(
    text.split(',').map((part) => [part.split('=')[0], part.split('=')[1] ?? '']),
  )
  const known = { ...values, texts: parts.get('texts'), others: parts.get('others') }
  const extra = [...parts.keys()].find((key) => !['t', 'texts', 'others'].includes(key ?? ''))
  if (extra !== undefined) {
    throw new UsageError(`--balance is t=N, with texts=… and others=… if wanted, not "${text}".`)
  }
  return {
    most: readWhole('balance', parts.get('t') ?? '', MAX_IMAGES),
    texts: readChoice(known, 'texts', CONCEPT_TEXTS) ?? 'caption-or-alt',
    others: readChoice(known, 'others', ['drop', 'keep']) ?? 'drop',
    conceptsFile: file === null ? null : resolve(baseFolder, file),
  }
}

function readSplit(values: Values): Subset['split'] {
  const text = readText(values, 'split')
  const together = readChoice(values, 'together', SPLIT_GROUPS)
  if (text === null) {
    if (together === null) return null
    throw new UsageError('--together says what --split must not part, which is not given.')
  }
  const shares = { train: 0, validation: 0, test: 0 }
  for (const pair of text.split(',')) {
    const [name = '', share = ''] = pair.split('=')
    const split = SPLITS.find((known) => known === name.trim())
    if (split === undefined || !/^\d*\.?\d+$/.test(share.trim())) {
      throw new UsageError(
        `--split is shares such as train=0.9,validation=0.05,test=0.05, not "${text}".`,
      )
    }
    shares[split] = Number(share)
  }
  return { shares, together: together ?? 'duplicates' }
}

function readCount(values: Values, name: string): number | null {
  const text = readText(values, name)
  return text === null ? null : readWhole(name, text, MAX_IMAGES)
}
