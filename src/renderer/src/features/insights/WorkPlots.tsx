import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { InsightHistogram } from '../../../../shared/contract/insights.ts'
import type { Fate } from '../../../../shared/domain/fate.ts'
import { api } from '../../api/client.ts'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { BarList } from './BarList.tsx'
import { BarPlot } from './BarPlot.tsx'
import { formatShare, toBars, toTable } from './histogram-bars.ts'
import { Plot } from './Plot.tsx'

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  kept: 'Kept',
  generalised: 'Made vaguer',
  specialised: 'Made more exact',
  corrected: 'Corrected',
  changed: 'Changed',
  dropped: 'Dropped',
  'boilerplate-removed': 'Boilerplate removed',
}

/** While captions are being measured, the shares are asked for again so often. */
const MEASURING_MS = 3_000

const NO_CHECKS = (
  <>
    No scores yet: <Link href="/checks">check the captions</Link> against their pictures.
  </>
)

const NO_ENCODER = (
  <>
    No scores: only an image-text encoder gives them. <Link href="/models">Go to Models</Link> for
    one that knows such images.
  </>
)

const percents = (from: number, to: number | null) => `${from} to ${to ?? 100} %`

/** How well texts and pictures fit, by the last check of each. */
export function ScorePlots() {
  const answer = useQuery(api.insights.scores.queryOptions())
  const pick = (name: 'fit' | 'coverage' | 'unsupported') => ({
    error: answer.error,
    data: answer.data?.[name],
  })
  const empty = ({ known }: InsightHistogram) => (known === 0 ? NO_CHECKS : null)
  // A detector alone decides about words and scores nothing.
  const isChecked = (answer.data?.coverage.known ?? 0) > 0
  const emptyFit = (fit: InsightHistogram) =>
    isChecked && fit.known === 0 ? NO_ENCODER : empty(fit)
  const fitBars = (data: InsightHistogram) =>
    toBars(data, {
      noun: 'image',
      label: (from, to) =>
        `fit ${from.toFixed(3)}${to === null ? ' and more' : ` to ${to.toFixed(3)}`}`,
    })
  const coverageBars = (data: InsightHistogram) => toBars(data, { noun: 'image', label: percents })
  const unsupportedBars = (data: InsightHistogram) =>
    toBars(data, {
      noun: 'image',
      label: (from, to) => (to === null ? `${from} and more` : String(from)),
    })
  return (
    <>
      <Plot
        title="Fit of text and picture"
        answer={pick('fit')}
        empty={emptyFit}
        table={(data) => toTable(fitBars(data), ['Fit', 'Images'])}
      >
        {(data) => (
          <BarPlot
            label="Images by the fit of text and picture"
            bars={fitBars(data)}
            ticks={['worst', 'best']}
          />
        )}
      </Plot>
      <Plot
        title="Words that checks were sure of"
        answer={pick('coverage')}
        empty={empty}
        table={(data) => toTable(coverageBars(data), ['Share of the words', 'Images'])}
      >
        {(data) => (
          <BarPlot
            label="Images by the share of words that the check was sure of"
            bars={coverageBars(data)}
            ticks={['0 %', '50 %', '100 %']}
          />
        )}
      </Plot>
      <Plot
        title="Words without support"
        answer={pick('unsupported')}
        empty={empty}
        table={(data) => toTable(unsupportedBars(data), ['Words', 'Images'])}
      >
        {(data) => (
          <BarPlot
            label="Images by how many words the picture does not support"
            bars={unsupportedBars(data)}
            ticks={['0', '3', '6+']}
          />
        )}
      </Plot>
    </>
  )
}

/** How much each round changed. */
export function EditsPlot() {
  const answer = useQuery(api.insights.edits.queryOptions())
  return (
    <Plot
      title="How much each round changed"
      answer={answer}
      empty={(rounds) =>
        rounds.length === 0 ? 'No caption was submitted yet, so no round changed anything.' : null
      }
      table={(rounds) => ({
        columns: ['Round and share changed', 'Captions'],
        rows: rounds.flatMap(({ name, bars }) =>
          bars.map(({ from, to, count, query }) => ({
            cells: [`${name}, ${percents(from, to)}`, formatCount(count)],
            query: count === 0 ? null : query,
          })),
        ),
      })}
    >
      {(rounds) => (
        <div className="plot-multiples">
          {rounds.map((round) => (
            <section key={round.round}>
              <h3>
                <Link href={`/library?q=round%3A${round.round}`}>{round.name}</Link>
                <small>
                  {formatCounted(round.known, 'caption')}, {formatShare(round.mean)} of the words on
                  average
                </small>
              </h3>
              <BarPlot
                label={`${round.name}: captions by the share of words that changed`}
                bars={toBars(round, { noun: 'caption', label: percents })}
                ticks={['0 %', '50 %', '100 %']}
              />
            </section>
          ))}
        </div>
      )}
    </Plot>
  )
}

/** What became of what the alt-texts said. */
export function FatesPlot() {
  const answer = useQuery({
    ...api.insights.fates.queryOptions(),
    refetchInterval: (query) => ((query.state.data?.waiting ?? 0) > 0 ? MEASURING_MS : false),
  })
  return (
    <Plot
      title="What became of the alt-texts"
      answer={answer}
      empty={({ units, waiting }) => {
        if (units > 0) return null
        return waiting > 0
          ? 'Captions are being compared with their alt-texts.'
          : 'No caption was submitted for an image with an alt-text yet.'
      }}
      table={({ shares }) => ({
        columns: ['Fate', 'Things said', 'Images'],
        rows: shares.map(({ fate, units, images, query }) => ({
          cells: [FATE_WORDS[fate], formatCount(units), formatCount(images)],
          query: images === 0 ? null : query,
        })),
      })}
    >
      {({ shares, units, captions, waiting }) => (
        <>
          <BarList
            label="Things that alt-texts say, by what became of them"
            bars={shares.map((each) => ({
              label: FATE_WORDS[each.fate],
              count: each.units,
              counted: `${formatCount(each.units)}, in ${formatCounted(each.images, 'image')}`,
              value: formatShare(each.units / units),
              query: each.query,
            }))}
          />
          <p className="plot-note">
            {formatCounted(units, 'thing')} that the alt-texts of {formatCounted(captions, 'image')}{' '}
            say
            {waiting > 0 && `; ${formatCounted(waiting, 'caption')} still to compare`}.
          </p>
        </>
      )}
    </Plot>
  )
}

/** Who submitted how many captions, day by day. */
export function ThroughputPlot() {
  const answer = useQuery(api.insights.throughput.queryOptions())
  return (
    <Plot
      title="Captions a day"
      answer={answer}
      empty={({ days }) => (days.length === 0 ? 'No caption was submitted yet.' : null)}
      table={({ days, people }) => ({
        columns: ['Day', 'Captions', ...people.map(({ name }) => name)],
        rows: days.map(({ day, captions, query }, index) => ({
          cells: [
            day,
            formatCount(captions),
            ...people.map(({ byDay }) => formatCount(byDay[index] ?? 0)),
          ],
          query,
        })),
      })}
    >
      {({ days, people }) => (
        <>
          <BarPlot
            label="Captions by the day on which they were submitted"
            bars={days.map(({ day, captions, query }) => ({
              ...{ label: day, count: captions, query },
              counted: formatCounted(captions, 'caption'),
            }))}
            ticks={
              days.length === 1
                ? [days[0]?.day ?? '']
                : [days[0]?.day ?? '', days.at(-1)?.day ?? '']
            }
          />
          <BarList
            label="Captions by who submitted them"
            bars={people.map(({ name, isModel, captions, query }) => ({
              label: isModel ? `${name} (model)` : name,
              count: captions,
              counted: formatCounted(captions, 'caption'),
              value: formatCount(captions),
              query,
            }))}
          />
        </>
      )}
    </Plot>
  )
}
