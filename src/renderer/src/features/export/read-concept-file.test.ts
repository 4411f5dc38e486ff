import { expect, it } from 'vitest'
import { readConceptLines } from './read-concept-file.ts'

it('reads a concept a line, whatever ends the lines, each once', () => {
  expect(readConceptLines('\uFEFFdog | dogs\r\n  red car \n\nokapi\rdog | dogs')).toEqual([
    'dog | dogs',
    'red car',
    'okapi',
  ])
})

it('says what is wrong with a file that is no list', () => {
  expect(() => readConceptLines(' \n\n')).toThrow('The file is empty')
  expect(() => readConceptLines('a'.repeat(201))).toThrow('at most 200 letters')
  expect(() => readConceptLines('\uFFFD\uFFFDJFIF\0')).toThrow('A text file was expected')
  const many = Array.from({ length: 20_001 }, (_, index) => `c${index}`).join('\n')
  expect(() => readConceptLines(many)).toThrow('20,001 concepts; a list has at most 20,000')
})
