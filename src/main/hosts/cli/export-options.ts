import type { ParseArgsOptionsConfig } from 'node:util'
import { exportOptions, type ExportOptions } from '../../../shared/contract/exports.ts'
import { OVER_LIMIT, TEXT_CHOICES, TEXT_ROLES } from '../../../shared/domain/text-choice.ts'
import { TOKEN_TARGETS } from '../../../shared/domain/token-budget.ts'
import { UsageError } from './command.ts'
import { readChoice, readText, readWhole, type Values } from './option-values.ts'

export const EXPORT_OPTIONS = {
  text: { type: 'string' },
  roles: { type: 'string' },
  mix: { type: 'string' },
  seed: { type: 'string' },
  sentences: { type: 'string' },
  tokens: { type: 'string' },
  over: { type: 'string' },
  prefix: { type: 'string' },
  shard: { type: 'string' },
  describe: { type: 'boolean' },
  licence: { type: 'string' },
  url: { type: 'string' },
  creator: { type: 'string' },
  description: { type: 'string' },
  images: { type: 'string' },
  'spreadsheet-safe': { type: 'boolean' },
  'byte-order-mark': { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig

const IMAGES = ['copy', 'link-or-copy', 'none'] as const
const MAX_SHARD = 1_000_000
const MAX_SENTENCES = 100
const MAX_TOKENS = 100_000
const MAX_SEED = 0xffff_ffff

/** @throws UsageError for an option that says something else than it may. */
export function readExportOptions(values: Values): ExportOptions {
  const shard = readText(values, 'shard')
  const given = {
    text: readChoice(values, 'text', TEXT_CHOICES),
    roles: readRoles(readText(values, 'roles')),
    mix: readMix(readText(values, 'mix')),
    seed: readSeed(readText(values, 'seed')),
    sentences: readSentences(readText(values, 'sentences')),
    tokens: readTokens(values),
    prefix: readText(values, 'prefix'),
    shardImages: shard === null ? null : readWhole('shard', shard, MAX_SHARD),
    describe: readWords(values),
    images: readChoice(values, 'images', IMAGES),
    spreadsheetSafe: values['spreadsheet-safe'] === true,
    byteOrderMark: values['byte-order-mark'] === true,
  }
  const said = Object.entries(given).filter(([, value]) => value !== null)
  const parsed = exportOptions.safeParse(Object.fromEntries(said))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(`--${String(issue?.path[0] ?? 'options')}: ${issue?.message ?? ''}`)
}

function readRoles(text: string | null): ExportOptions['roles'] | null {
  if (text === null) return null
  return text.split(',').map((word) => readRole('roles', word.trim()))
}

function readRole(option: string, word: string): (typeof TEXT_ROLES)[number] {
  const role = TEXT_ROLES.find((known) => known === word)
  if (role !== undefined) return role
  throw new UsageError(`--${option} knows ${TEXT_ROLES.join(', ')}, not "${word}".`)
}

function readMix(text: string | null): ExportOptions['mix'] | null {
  if (text === null) return null
  const mix = { caption: 0, alt: 0, revision: 0 }
  for (const pair of text.split(',')) {
    const [name = '', share = ''] = pair.split('=')
    if (!/^\d*\.?\d+$/.test(share.trim())) {
      throw new UsageError(`--mix is shares such as caption=0.7,alt=0.3, not "${text}".`)
    }
    mix[readRole('mix', name.trim())] = Number(share)
  }
  return mix
}

function readSeed(text: string | null): number | null {
  if (text === null) return null
  if (/^\d{1,10}$/.test(text) && Number(text) <= MAX_SEED) return Number(text)
  throw new UsageError(`--seed is a number from 0 to ${MAX_SEED}, not "${text}".`)
}

function readSentences(text: string | null): ExportOptions['sentences'] {
  if (text === null) return null
  const [pick, count = ''] = text.split(':')
  if (pick !== 'first' && pick !== 'random') {
    throw new UsageError(`--sentences is first:N or random:N, not "${text}".`)
  }
  return { pick, count: readWhole('sentences', count, MAX_SENTENCES) }
}

function readTokens(values: Values): ExportOptions['tokens'] {
  const text = readText(values, 'tokens')
  const over = readChoice(values, 'over', OVER_LIMIT)
  if (text === null) {
    if (over === null) return null
    throw new UsageError('--over says what becomes of texts beyond --tokens, which is not given.')
  }
  const [name, limit] = text.split(':')
  const target = TOKEN_TARGETS.find(({ id }) => id === name)
  if (target === undefined) {
    const known = TOKEN_TARGETS.map(({ id }) => id).join(', ')
    throw new UsageError(
      `--tokens is one of ${known}, with a limit as in clip-77:60, not "${text}".`,
    )
  }
  return {
    target: target.id,
    limit: limit === undefined ? null : readWhole('tokens', limit, MAX_TOKENS),
    over: over ?? 'sentence',
  }
}

/** Any of the words asks for the description too. */
function readWords(values: Values): ExportOptions['describe'] {
  const [licence, url, creator, description] = [
    readText(values, 'licence'),
    readText(values, 'url'),
    readText(values, 'creator'),
    readText(values, 'description'),
  ]
  const isAsked = values['describe'] === true
  if (!isAsked && licence === null && url === null && creator === null && description === null) {
    return null
  }
  return {
    licence: licence ?? '',
    url: url ?? '',
    creator: creator ?? '',
    description: description ?? '',
  }
}
