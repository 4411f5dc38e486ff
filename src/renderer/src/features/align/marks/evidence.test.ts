import { expect, it } from 'vitest'
import type { Region, Verdict } from '../../../../../shared/contract/judgements.ts'
import { joinPlaces, verdictAt, verdictEvidence } from './evidence.ts'

const CAPTION = 'A red bus beside two dogs.'
const BUS: Region = { x: 0.1, y: 0.2, width: 0.5, height: 0.4 }
const DOGS: Region = { x: 0.7, y: 0.6, width: 0.2, height: 0.2 }

const verdict = (words: string, more: Partial<Verdict> = {}): Verdict => ({
  ...{ kind: 'entity', start: CAPTION.indexOf(words), end: CAPTION.indexOf(words) + words.length },
  ...{ status: 'supported', probability: 0.9, rival: null, reason: '', region: BUS, ...more },
})

it('finds the smallest unit that holds a position, and none beyond its end', () => {
  const verdicts = [verdict('red bus'), verdict('red')]
  expect(verdictAt(verdicts, CAPTION.indexOf('red'))).toBe(verdicts[1])
  expect(verdictAt(verdicts, CAPTION.indexOf('bus'))).toBe(verdicts[0])
  expect(verdictAt(verdicts, CAPTION.indexOf(' beside'))).toBeNull()
  expect(verdictAt(verdicts, null)).toBeNull()
})

it('draws a place once, with all that was looked for there and the loudest look', () => {
  const nearly = { ...BUS, width: 0.3 }
  const all = [
    verdict('two dogs', { region: DOGS }),
    verdict('bus'),
    verdict('red', { region: nearly, status: 'unsupported' }),
    verdict('beside', { region: null }),
    verdict('dogs', { region: { ...DOGS, width: 0.05, height: 0.05 } }),
  ].flatMap((one) => verdictEvidence(CAPTION, one) ?? [])
  expect(joinPlaces(all)).toEqual([
    { region: BUS, look: 'unsupported', label: 'bus · red' },
    { region: DOGS, look: 'supported', label: 'two dogs' },
    { region: { ...DOGS, width: 0.05, height: 0.05 }, look: 'supported', label: 'dogs' },
  ])
})

it('keeps what is seen and unsaid apart from words that are at the same place', () => {
  const unsaid = { region: BUS, look: 'detail', label: 'a driver' } as const
  const said = { region: BUS, look: 'unsupported', label: 'bus' } as const
  expect(joinPlaces([said, unsaid])).toEqual([said, unsaid])
})
