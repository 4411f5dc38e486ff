import { expect, test } from 'vitest'
import { parseMapOption } from './column-map-option.ts'

test.each([
  ['', {}],
  ['alt=caption,image=file_name', { caption: 'alt', file_name: 'image' }],
  [' alt = TEXT , alt=title ', { TEXT: 'alt', title: 'alt' }],
  ['alt="a, b",url="say \\"x\\""', { 'a, b': 'alt', 'say "x"': 'url' }],
  ['alt=a\\,b,id=c\\=d,url=e=f', { 'a,b': 'alt', 'c=d': 'id', 'e=f': 'url' }],
  ['caption=größe 🎉', { 'größe 🎉': 'caption' }],
  ['{"alt":["a,b","c"],"image":"d=e"}', { 'a,b': 'alt', c: 'alt', 'd=e': 'image' }],
  ['web-caption=x,alt=x2,ignore=y', { x: 'web-caption', x2: 'alt', y: 'ignore' }],
])('reads %j', (option, map) => {
  expect(parseMapOption(option)).toEqual(map)
})

test.each([
  ['txt=caption', /"txt" is no role.*image, url, alt/],
  ['caption', /not a list of role=column/],
  ['=x', /not a list of role=column/],
  ['alt=', /"alt" has no column/],
  ['alt=x,image=x', /both as alt and as image/],
  ['{"alt":', /not valid/],
  ['{"alt":3}', /has 3/],
])('refuses %j', (option, message) => {
  expect(() => parseMapOption(option)).toThrow(message)
  expect(() => parseMapOption(option)).toThrow(
    expect.objectContaining({ code: 'MAPPING_INVALID' }) as Error,
  )
})

test('keeps columns that are called like parts of every object', () => {
  const map = parseMapOption('alt=__proto__,image=constructor')
  expect(Object.entries(map)).toEqual([
    ['__proto__', 'alt'],
    ['constructor', 'image'],
  ])
})
