import { expect, it } from 'vitest'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import { carryVerdicts } from './carry-verdicts.ts'

const CAPTION = 'A small red bus stops beside two cars'

const verdict = (kind: Verdict['kind'], words: string): Verdict => ({
  ...{ kind, start: CAPTION.indexOf(words), end: CAPTION.indexOf(words) + words.length },
  ...{ status: 'unsupported', probability: 0.1, rival: null, reason: '', region: null },
})
const VERDICTS = [
  ...[verdict('attribute', 'small'), verdict('attribute', 'red'), verdict('entity', 'bus')],
  ...[verdict('action', 'stops'), verdict('relation', 'beside'), verdict('count', 'two')],
]

/** The words that keep their verdicts in a later text. */
const kept = (to: string): string =>
  carryVerdicts(VERDICTS, { from: CAPTION, to })
    .map(({ start, end }) => to.slice(start, end))
    .join(' ')

it.each([
  ['nothing changed', CAPTION, 'small red bus stops beside two'],
  ['a sentence is added', `${CAPTION}. It rains.`, 'small red bus stops beside two'],
  ['the sentence goes on', `${CAPTION} in rain`, 'small red bus stops beside two'],
  ['the thing is another', 'A small red kite stops beside two cars', 'beside two'],
  ['the other thing is another', 'A small red bus stops beside two dogs', 'small red bus stops'],
  ['a property goes', 'A red bus stops beside two cars', 'red bus stops beside two'],
])('keeps what was said of things that still are there: %s', (_, to, expected) => {
  expect(kept(to)).toBe(expected)
})
