import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectLanguage } from './detect-language.ts'

describe('detectLanguage', () => {
  test.each([
    ['en', 'Two dogs run over green grass behind a red ball.'],
    ['de', 'Zwei Hunde laufen über eine grüne Wiese hinter einem Ball her.'],
    ['fr', 'Deux chiens courent dans un champ vert devant une maison.'],
    ['es', 'Una mujer sentada en un banco del parque lee un libro.'],
    ['pl', 'Dwa psy biegną po zielonej trawie za czerwoną piłką.'],
    ['ja', '緑の草原を走る二匹の犬と赤いボールがあります。'],
  ])('tells %s', (code, text) => {
    expect(detectLanguage(text)).toEqual({ code, isReliable: true })
  })

  test('does not judge fewer than 20 letters', () => {
    expect(detectLanguage('Two dogs')).toEqual({ code: null, isReliable: false })
    expect(detectLanguage('1234567890 1234567890 1234567890')).toEqual({
      code: null,
      isReliable: false,
    })
  })

  test('is not sure where two languages come close', () => {
    expect(detectLanguage('A bus sits at a curb on a snowy road.').isReliable).toBe(false)
  })

  const photos = join(import.meta.dirname, '../../../../../shared/data/photos/photos.jsonl')
  test.skipIf(!existsSync(photos))(
    'takes no caption of a photo for another language (skipped without ../shared/data)',
    () => {
      const captions = readFileSync(photos, 'utf8')
        .trimEnd()
        .split('\n')
        .flatMap((line) => (JSON.parse(line) as { captions: string[] }).captions)
      const judged = captions.map(detectLanguage).filter(({ isReliable }) => isReliable)
      expect(judged.filter(({ code }) => code !== 'en')).toEqual([])
      expect(judged.length / captions.length).toBeGreaterThan(0.95)
    },
  )
})
