import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createExportNames } from './export-names.ts'

function nameAll(names: readonly string[], format: string | null = null): readonly string[] {
  const nameFile = createExportNames()
  return names.map((fileName) => nameFile({ fileName, format }))
}

test('keeps good names and repairs the others', () => {
  expect(nameAll(['photo.jpg', 'my photo (1).JPG', 'שלום 🎉.png'])).toEqual([
    'photo.jpg',
    'my photo (1).JPG',
    'שלום 🎉.png',
  ])
  expect(
    nameAll([
      'a/b\\c.jpg',
      'x:y*?.png',
      'CON.jpg',
      'nul.tar.gz',
      '.hidden.gif',
      'dots... .jpg',
      '',
      '\0\u0007.png',
    ]),
  ).toEqual([
    'c.jpg',
    'x_y__.png',
    '_CON.jpg',
    '_nul.tar.gz',
    '_hidden.gif',
    'dots.jpg',
    'image',
    '__.png',
  ])
  expect(nameAll(['e\u0301.jpg'])).toEqual(['é.jpg'])
  expect(nameAll(['no-ending', 'v1.2 final'], 'jpeg')).toEqual([
    'no-ending.jpeg',
    'v1.2 final.jpeg',
  ])
})

test('tells stems apart on systems that know no case', () => {
  expect(nameAll(['a.jpg', 'A.png', 'a-2.gif', 'a.webp', 'É.jpg', 'e\u0301.jpg'])).toEqual([
    'a.jpg',
    'A-2.png',
    'a-2-2.gif',
    'a-3.webp',
    'É.jpg',
    'é-2.jpg',
  ])
})

test('any names become distinct, short and safe', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('a.jpg', 'A.JPG', 'a-2.jpg', 'aux', '..', '/'),
  )
  fc.assert(
    fc.property(fc.array(name, { maxLength: 30 }), (names) => {
      const made = nameAll(names)
      expect(made).toEqual(nameAll(names))
      const stems = made.map((file) => file.replace(/\.[0-9A-Za-z]{1,10}$/, '').toLowerCase())
      expect(new Set(stems).size).toBe(stems.length)
      for (const file of made) {
        expect(file).toMatch(/^[^\u0000-\u001f<>:"/\\|?*.][^\u0000-\u001f<>:"/\\|?*]*$/)
        expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255)
        expect(file.isWellFormed()).toBe(true)
      }
    }),
  )
})
