import { chunkNaively } from './naive-chunker.ts'
import { readFactual, type GradedCaption } from './factual.ts'
import type { SceneGraph } from './scene-graph.ts'
import { addScores, NO_SCORES, precision, recall, score, type Scores } from './score.ts'
import { graphOfUnits } from './unit-graph.ts'

/** A line of the report; shares of 1. */
export interface QualityRow {
  readonly method: string
  readonly part: string
  readonly captions: number
  readonly measures: Readonly<Record<Measure, number>>
}

const AIMS = {
  'objects precision': 0.9,
  'objects recall': 0.88,
  'attributes recall': 0.75,
} as const

export const MEASURES = [
  'objects precision',
  'objects recall',
  'attributes precision',
  'attributes recall',
  'attribute words precision',
  'attribute words recall',
] as const
export type Measure = (typeof MEASURES)[number]

const METHODS = {
  'naive chunker': chunkNaively,
  'text units': graphOfUnits,
} as const satisfies Record<string, (caption: string) => SceneGraph>

/** Scores of both methods on both parts of FACTUAL; null where its file is absent. */
export async function measureTextUnits(): Promise<readonly QualityRow[] | null> {
  const parts = await readFactual()
  if (parts === null) return null
  return Object.entries(parts).flatMap(([part, captions]) =>
    Object.entries(METHODS).map(([method, read]) => ({
      method,
      part,
      captions: captions.length,
      measures: toMeasures(total(captions, read)),
    })),
  )
}

function total(captions: readonly GradedCaption[], read: (caption: string) => SceneGraph): Scores {
  return captions.reduce(
    (sum, { caption, graph }) => addScores(sum, score(read(caption), graph)),
    NO_SCORES,
  )
}

function toMeasures({ objects, attributes, attributeWords }: Scores): Record<Measure, number> {
  return {
    'objects precision': precision(objects),
    'objects recall': recall(objects),
    'attributes precision': precision(attributes),
    'attributes recall': recall(attributes),
    'attribute words precision': precision(attributeWords),
    'attribute words recall': recall(attributeWords),
  }
}

/** A table in Markdown, as docs/quality.md holds it; the last line has the aims. */
export function formatQuality(rows: readonly QualityRow[]): string {
  const head = ['method', 'part', 'captions', ...MEASURES]
  const lines = rows.map(({ method, part, captions, measures }) => [
    method,
    part,
    String(captions),
    ...MEASURES.map((measure) => measures[measure].toFixed(3)),
  ])
  const aims: Readonly<Partial<Record<Measure, number>>> = AIMS
  const last = ['aim', '', '', ...MEASURES.map((measure) => aims[measure]?.toFixed(2) ?? '')]
  const toLine = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (column < 2 ? '---' : '---:'))
  return `${[head, rule, ...lines, last].map(toLine).join('\n')}\n`
}
