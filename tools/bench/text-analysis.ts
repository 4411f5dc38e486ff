import { analyseTexts } from '../../src/main/text/analysis.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow } from './host-cases.ts'
import { quantile } from './statistics.ts'

const RUNS = 60
const WARM_UP = 10
const SENTENCES = [
  'A young woman in a yellow raincoat walks two small brown dogs across a wet street in Lisbon.',
  'Behind her stands an old red tram with the words "Linha 28" above its windshield.',
  'On the left there are three parked bicycles and a wooden bench, and a man reads a newspaper.',
  'The sky is grey and the stones of the pavement shine in the rain.',
]
const CAPTION_WORDS = 400
const ALT_TEXT =
  'Woman walking her dogs past Tram 28 in Lisbon, Portugal, October 2019 - Stock Photo #48213377'

/** Milliseconds to read a caption of 400 words anew after a pause in typing: units, fates, hygiene and budgets. */
export function benchTextAnalysis(): Promise<BenchRow[]> {
  const times: number[] = []
  const started = performance.now()
  analyse('A dog.')
  const load = performance.now() - started
  for (let run = 0; run < RUNS + WARM_UP; run += 1) {
    const text = `${longCaption()} There is a mark ${run} on the wall.`
    const before = performance.now()
    analyse(text)
    if (run >= WARM_UP) times.push(performance.now() - before)
  }
  return Promise.resolve([
    plainRow('text.load', load, 'ms'),
    plainRow('text.analysis.p50', quantile(times, 0.5), 'ms'),
    plainRow('text.analysis.p95', quantile(times, 0.95), 'ms'),
  ])
}

function analyse(caption: string): void {
  analyseTexts({ caption, altTexts: [{ text: ALT_TEXT, reasons: [] }] })
}

function longCaption(): string {
  const words: string[] = []
  for (let index = 0; words.length < CAPTION_WORDS; index += 1) {
    words.push(...(SENTENCES[index % SENTENCES.length] ?? '').split(' '))
  }
  return words.slice(0, CAPTION_WORDS).join(' ')
}
