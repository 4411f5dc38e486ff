import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InsightTexts } from '../../../../shared/contract/insights.ts'
import { api } from '../../api/client.ts'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { Segmented } from '../../components/Segmented.tsx'
import { BarList } from './BarList.tsx'
import { BarPlot } from './BarPlot.tsx'
import { formatShare, toBars, toTable } from './histogram-bars.ts'
import { LinePlot } from './LinePlot.tsx'
import { Plot } from './Plot.tsx'

const TEXTS = [
  { value: 'captions', label: 'Captions' },
  { value: 'alt-texts', label: 'Alt-texts' },
] as const satisfies readonly { readonly value: InsightTexts; readonly label: string }[]

const TEXT_NOUN: Readonly<Record<InsightTexts, string>> = {
  captions: 'caption',
  'alt-texts': 'alt-text',
}

/** Texts to begin with: captions where there are some, else alt-texts; undefined until that is known. */
function useTexts(): readonly [InsightTexts | undefined, (texts: InsightTexts) => void] {
  const [chosen, setChosen] = useState<InsightTexts | undefined>()
  const { data, isError } = useQuery(api.insights.lengths.queryOptions())
  const hasAltsOnly = data !== undefined && data.captions.known === 0 && data.altTexts.known > 0
  const first = hasAltsOnly ? 'alt-texts' : 'captions'
  return [chosen ?? (data === undefined && !isError ? undefined : first), setChosen]
}

const characters = (from: number, to: number | null) =>
  to === null ? `${from} characters and more` : `${from} to ${to - 1} characters`

/** How long the texts are. */
export function LengthPlots() {
  const answer = useQuery(api.insights.lengths.queryOptions())
  const plots = [
    ['captions', 'Length of captions', 'No caption was submitted yet.'],
    ['altTexts', 'Length of alt-texts', 'No image has an alt-text.'],
  ] as const
  return plots.map(([name, title, none]) => {
    const data = answer.data?.[name]
    const bars = data === undefined ? [] : toBars(data, { noun: 'image', label: characters })
    return (
      <Plot
        key={name}
        title={title}
        answer={{ data, error: answer.error }}
        empty={({ known }) => (known === 0 ? none : null)}
        table={() => toTable(bars, ['Length', 'Images'])}
      >
        {() => <BarPlot label={title} bars={bars} ticks={['0', '240', '480+']} />}
      </Plot>
    )
  })
}

/** Which things the texts name, and how evenly. */
export function ConceptsPlot() {
  const [known, setTexts] = useTexts()
  const texts = known ?? 'captions'
  const answer = useQuery({
    ...api.insights.concepts.queryOptions({ input: { texts } }),
    enabled: known !== undefined,
  })
  return (
    <Plot
      isWide
      title="What the texts name"
      answer={answer}
      aside={<Segmented label="Texts" value={texts} options={TEXTS} onChange={setTexts} />}
      empty={({ nouns }) => (nouns === 0 ? `No ${TEXT_NOUN[texts]} names a thing yet.` : null)}
      table={({ top }) => ({
        columns: ['Thing', 'Images'],
        rows: top.map(({ noun, images, query }) => ({
          cells: [noun, formatCount(images)],
          query,
        })),
      })}
    >
      {({ nouns, top, headShare, tailNouns, tailBelow, curve }) => (
        <div className="plot-concepts">
          <BarList
            isNarrow
            label="Images by the thing that their texts name"
            bars={top.map(({ noun, images, query }) => ({
              ...{ label: noun, count: images, query, value: formatCount(images) },
              counted: formatCounted(images, 'image'),
            }))}
          />
          <div>
            <LinePlot
              isLogarithmic
              label={`${formatCounted(nouns, 'thing')} by rank: the first has ${formatCount(curve[0]?.images ?? 0)} texts, the last ${formatCount(curve.at(-1)?.images ?? 0)}`}
              points={curve.map(({ rank, images }) => ({ x: rank, y: images }))}
              xName="rank"
              yName="texts"
            />
            <p className="plot-note">
              {formatCounted(nouns, 'different thing')}. The {formatCount(top.length)} at the left
              have {formatShare(headShare)} of all mentions; {formatCount(tailNouns)} are in fewer
              than {tailBelow} texts.
            </p>
          </div>
        </div>
      )}
    </Plot>
  )
}

/** How many words the texts use, and how that grows. */
export function VocabularyPlot() {
  const [known, setTexts] = useTexts()
  const texts = known ?? 'captions'
  const answer = useQuery({
    ...api.insights.vocabulary.queryOptions({ input: { texts } }),
    enabled: known !== undefined,
  })
  return (
    <Plot
      title="Vocabulary"
      answer={answer}
      aside={<Segmented label="Texts" value={texts} options={TEXTS} onChange={setTexts} />}
      empty={({ words }) => (words === 0 ? `There is no ${TEXT_NOUN[texts]} yet.` : null)}
      table={({ growth }) => ({
        columns: ['Words read', 'Different words'],
        rows: growth.map(({ words, differentWords }) => ({
          cells: [formatCount(words), formatCount(differentWords)],
          query: null,
        })),
      })}
    >
      {({ texts: count, words, differentWords, growth, sampled }) => (
        <>
          <LinePlot
            label={`Different words grow to ${formatCount(growth.at(-1)?.differentWords ?? 0)} over ${formatCount(growth.at(-1)?.words ?? 0)} words`}
            points={[
              { x: 0, y: 0 },
              ...growth.map((point) => ({ x: point.words, y: point.differentWords })),
            ]}
            xName="words read"
            yName="different words"
          />
          <p className="plot-note">
            {formatCount(differentWords)} different words among {formatCount(words)} (type-token
            ratio {(differentWords / words).toFixed(3)}) in {formatCounted(count, TEXT_NOUN[texts])}
            {sampled < count && `; the line follows ${formatCount(sampled)} of them`}.
          </p>
        </>
      )}
    </Plot>
  )
}
