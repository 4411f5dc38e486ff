import type { z } from 'zod'
import type { insights } from '../../../shared/contract/insights.ts'
import type { Db } from '../../db/client.ts'
import type { SubmittedCaptions } from '../../db/queries/submitted-captions.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { TextClient } from '../../text/client.ts'
import type { FeatureContext } from '../open-project.ts'
import { edgesBetween, evenEdges, toHistogram, toPlacedHistogram } from './bars.ts'
import { describeConcepts, describeVocabulary } from './words.ts'

type Answer<Name extends keyof typeof insights> = z.input<
  NonNullable<(typeof insights)[Name]['~orpc']['outputSchema']>
>
type TextsWish = { readonly texts: 'captions' | 'alt-texts' }

export interface InsightsService {
  scores(): Promise<Answer<'scores'>>
  edits(): Promise<Answer<'edits'>>
  fates(): Promise<Answer<'fates'>>
  concepts(wish: TextsWish): Promise<Answer<'concepts'>>
  vocabulary(wish: TextsWish): Promise<Answer<'vocabulary'>>
  lengths(): Promise<Answer<'lengths'>>
  duplicates(): Promise<Answer<'duplicates'>>
  throughput(): Promise<Answer<'throughput'>>
  quality(): Promise<Answer<'quality'>>
}

const FIT_BARS = 24
const TENTHS = evenEdges(0, 90, 10)
const COVERAGE_EDGES = evenEdges(0, 90, 10)
const UNSUPPORTED_EDGES = evenEdges(0, 6, 1)
const LENGTH_EDGES = evenEdges(0, 480, 20)
const SHOWN_DAYS = 30
const DAY_MS = 86_400_000

/** Numbers about the whole project, each kept until something changes. They are read beside: some take seconds of a million images. */
export function createInsights(options: {
  readonly context: FeatureContext
  readonly text: TextClient
  readonly measureKind: JobKind<Record<string, never>>
}): InsightsService {
  const { context, text } = options
  const kept = new Map<string, { readonly stamp: string; readonly answer: Promise<unknown> }>()

  async function keep<Value>(
    name: string,
    make: (read: Db['readAside']) => Promise<Value>,
  ): Promise<Value> {
    const { db, files } = context.openProject()
    const stamp = `${files.folder} ${await db.read.insightsStamp()}`
    const known = kept.get(name)
    // Whoever asks meanwhile waits for the same answer.
    if (known?.stamp === stamp) return known.answer as Promise<Value>
    const answer = make(db.readAside)
    kept.set(name, { stamp, answer })
    answer.catch(() => {
      if (kept.get(name)?.answer === answer) kept.delete(name)
    })
    return answer
  }

  return {
    scores: () => keep('scores', describeScores),
    lengths: () => keep('lengths', describeLengths),
    edits: () =>
      keep('edits', async (read) =>
        (await read.countEdits()).map(({ counts, round, name, mean }) => ({
          ...{ round, name, mean },
          ...toHistogram(
            TENTHS,
            { known: counts.reduce((total, count) => total + count, 0), counts },
            ({ from, to }) => `round:${round} edit>=${from}%${to === null ? '' : ` edit<${to}%`}`,
          ),
        })),
      ),
    async fates() {
      const { db, scheduler } = context.openProject()
      const counted = await db.readAside.countFates()
      // Captions are measured when somebody wants to see the measures, not while people write.
      if (counted.waiting > 0 && !db.isReadOnly) await scheduler.add(options.measureKind, {})
      return {
        captions: counted.captions,
        waiting: counted.waiting,
        units: counted.fates.reduce((total, { units }) => total + units, 0),
        shares: counted.fates.map((fate) => ({ ...fate, query: `fate:${fate.fate}` })),
      }
    },
    concepts: ({ texts }) =>
      keep(`concepts ${texts}`, (read) => describeConcepts({ read, text }, texts)),
    vocabulary: ({ texts }) =>
      keep(`vocabulary ${texts}`, (read) => describeVocabulary(read, texts)),
    duplicates: () =>
      keep('duplicates', async (read) => {
        const counted = await read.countDuplicates()
        return {
          endedAt: counted.endedAt,
          near: {
            images: counted.nearImages,
            groups: counted.sizes.reduce((total, { groups }) => total + groups, 0),
            query: 'dup:near',
          },
          exact: { images: counted.exactImages, query: 'dup:exact' },
          sizes: [...counted.sizes],
        }
      }),
    throughput: () =>
      keep('throughput', async (read) => describeThroughput(await read.countSubmitted())),
    quality: () =>
      keep('quality', async (read) => {
        const { measured, total } = await read.countMeasured()
        const issues = await read.countIssues()
        return {
          ...{ measured, total },
          issues: issues.map(({ issue, images }) => ({ issue, images, query: `is:${issue}` })),
        }
      }),
  }
}

async function describeScores(read: Db['readAside']): Promise<Answer<'scores'>> {
  const extent = await read.findExtent({ field: 'score' })
  const edges = extent === null ? [] : edgesBetween(extent.from, extent.to, FIT_BARS)
  const fit = await read.countField({ field: 'score', edges })
  const coverage = await read.countField({ field: 'coverage', edges: COVERAGE_EDGES })
  const unsupported = await read.countField({ field: 'unsupported', edges: UNSUPPORTED_EDGES })
  return {
    fit: toPlacedHistogram('score', edges, fit),
    coverage: toHistogram(
      COVERAGE_EDGES,
      coverage,
      ({ from, to }) => `coverage>=${from}%${to === null ? '' : ` coverage<${to}%`}`,
    ),
    unsupported: toHistogram(UNSUPPORTED_EDGES, unsupported, ({ from, to }) =>
      to === null ? `unsupported>=${from}` : `unsupported:${from}`,
    ),
  }
}

async function describeLengths(read: Db['readAside']): Promise<Answer<'lengths'>> {
  const captions = await read.countField({ field: 'length', edges: LENGTH_EDGES })
  const altTexts = await read.countField({ field: 'altlength', edges: LENGTH_EDGES })
  const range = (field: string, from: number, to: number | null): string =>
    to === null ? `${field}>=${from}` : `${field}:${from}..${to - 1}`
  return {
    captions: toHistogram(LENGTH_EDGES, captions, ({ from, to, isFirst }) =>
      // An image without a caption has a length of 0.
      isFirst ? `has:caption ${range('length', from, to)}` : range('length', from, to),
    ),
    altTexts: toHistogram(LENGTH_EDGES, altTexts, ({ from, to }) => range('altlength', from, to)),
  }
}

function describeThroughput(groups: readonly SubmittedCaptions[]): Answer<'throughput'> {
  const days = [...new Set(groups.map(({ day }) => day))].sort((left, right) => left - right)
  const shown = days.slice(-SHOWN_DAYS)
  const recent = groups.filter(({ day }) => shown.includes(day))
  const names = [...new Map(recent.map((each) => [`${each.name} ${each.isModel}`, each])).values()]
  const sum = (rows: readonly SubmittedCaptions[]): number =>
    rows.reduce((total, { captions }) => total + captions, 0)
  return {
    days: shown.map((day) => {
      const text = new Date(day * DAY_MS).toISOString().slice(0, 10)
      const captions = sum(recent.filter((each) => each.day === day))
      return { day: text, captions, query: `written:${text}` }
    }),
    people: names
      .map(({ name, isModel }) => {
        const own = recent.filter((each) => each.name === name && each.isModel === isModel)
        const byDay = shown.map((day) => sum(own.filter((each) => each.day === day)))
        const query = `author:${JSON.stringify(name)}`
        return { name, isModel, captions: sum(own), byDay, query }
      })
      .toSorted((left, right) => right.captions - left.captions),
  }
}
