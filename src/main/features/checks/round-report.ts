import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RoundMeasures, RoundReport } from '../../../shared/contract/checks.ts'
import { meanInterval, pairedChange, shareInterval } from '../../checks/round-metrics.ts'
import type { Db } from '../../db/client.ts'
import type { CheckKey } from '../../db/queries/checks.ts'
import type { CheckSums } from '../../db/queries/check-sums.ts'
import type { SampledCaption } from '../../db/queries/round-sample.ts'
import type { TextClient } from '../../text/client.ts'

/** Intervals of more captions are hardly narrower than what people can act on. */
const MOST_CAPTIONS = 300
/** Captions that the text thread reads at a time, so that whoever types never waits long. */
const SLICE = 20
const MOST_PEOPLE = 12
const SEED = 306

type MeasuredCaption = SampledCaption & {
  readonly phrases: Awaited<ReturnType<TextClient['measure']>>[number]['phrases']
}

/** What a round came to, all in all and for each who wrote in it, with 95 % intervals over a sample of its captions. */
export async function reportRound(
  { db, text }: { readonly db: Pick<Db, 'readAside'>; readonly text: Pick<TextClient, 'measure'> },
  wish: { readonly round: number; readonly key: CheckKey | null },
): Promise<RoundReport> {
  const sample = await db.readAside.listRoundSample({ ...wish, limit: MOST_CAPTIONS })
  const captions = await measureAll(text, sample)
  const people: RoundReport['people'] = []
  for (const own of groupByAuthor(captions)) {
    const [first] = own
    if (first === undefined) continue
    const { author: name, isModel } = first
    people.push({ name, isModel, captions: own.length, measures: await measuresOf(own) })
  }
  const both = captions.flatMap(({ checks, checksBefore }) => {
    const [before, after] = [shareOf(checksBefore), shareOf(checks)]
    return before === null || after === null ? [] : [{ before, after }]
  })
  const change = pairedChange(
    both.map(({ before }) => before),
    both.map(({ after }) => after),
    SEED,
  )
  return {
    captions: captions.length,
    measures: await measuresOf(captions),
    supportChange: change === null ? null : { ...change, captions: both.length },
    people,
  }
}

async function measureAll(
  text: Pick<TextClient, 'measure'>,
  sample: readonly SampledCaption[],
): Promise<readonly MeasuredCaption[]> {
  const measured: MeasuredCaption[] = []
  for (let from = 0; from < sample.length; from += SLICE) {
    const slice = sample.slice(from, from + SLICE)
    const measures = await text.measure(
      slice.map((one) => ({
        ...{ text: one.text, before: one.before === '' ? null : one.before },
        ...{ anchor: null, reasons: [] },
      })),
    )
    for (const [index, caption] of slice.entries()) {
      measured.push({ ...caption, phrases: measures[index]?.phrases ?? null })
    }
  }
  return measured
}

/** Those who wrote most first. */
function groupByAuthor(captions: readonly MeasuredCaption[]): readonly MeasuredCaption[][] {
  const groups = Map.groupBy(captions, ({ author, isModel }) => JSON.stringify([author, isModel]))
  return [...groups.values()]
    .toSorted((left, right) => right.length - left.length)
    .slice(0, MOST_PEOPLE)
}

async function measuresOf(captions: readonly MeasuredCaption[]): Promise<RoundMeasures> {
  // A thousand resamples of a measure take up to ten milliseconds, in the thread that answers everybody.
  const mean = async (of: (caption: MeasuredCaption) => number | null) => {
    await nextTurn()
    const values = captions.map(of)
    const found = meanInterval(values, SEED)
    return found === null
      ? null
      : { ...found, captions: values.filter((value) => value !== null).length }
  }
  const checked = captions.flatMap(({ checks }) => (checks === null ? [] : [checks]))
  const share = async (part: (sums: CheckSums) => number) => {
    await nextTurn()
    const portions = checked.map((sums) => ({ part: part(sums), whole: unitsOf(sums) }))
    const found = shareInterval(portions, SEED)
    return found === null
      ? null
      : { ...found, captions: portions.filter(({ whole }) => whole > 0).length }
  }
  return {
    edit: await mean(({ edit }) => edit),
    precision: await mean(({ phrases }) => phrases?.precision ?? null),
    recall: await mean(({ phrases }) => phrases?.recall ?? null),
    f1: await mean(({ phrases }) => phrases?.f1 ?? null),
    entityRecall: await mean(({ entityRecall }) => entityRecall),
    support: await share(({ supported }) => supported),
    coverage: await share(({ supported, unsupported }) => supported + unsupported),
    unsupported: await mean(({ checks }) => checks?.unsupported ?? null),
    fit: await mean(({ fit }) => fit),
  }
}

function unitsOf({ supported, unsure, unsupported }: CheckSums): number {
  return supported + unsure + unsupported
}

function shareOf(sums: CheckSums | null): number | null {
  return sums === null || unitsOf(sums) === 0 ? null : sums.supported / unitsOf(sums)
}
