import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { COLOURS } from './colour.ts'
import type { Vendor } from './concepts/concept.ts'
import { VENDORS } from './concepts/concept.ts'

/** Written by measure.ts. */
export const SPRITES_PATH = fileURLToPath(new URL('sprites.jsonl', import.meta.url))

const number = z.number()

const spriteRowSchema = z.object({
  concept: z.string(),
  vendor: z.enum(VENDORS),
  icon: z.string(),
  /** The tight box of the drawing, in units of the icon's view box. */
  view: z.tuple([number, number, number, number]),
  /** Mean sRGB colour of the opaque pixels. */
  mean: z.tuple([number, number, number]),
  /** The colour word that holds for the art as it comes. */
  colour: z.enum(COLOURS).nullable(),
  /** What repainting moves, see paint.ts. */
  main: z.object({ l: number, c: number, h: number }).nullable(),
  /** Colours in which the repainted art is clearly of that colour. */
  paints: z.array(z.enum(COLOURS)),
})
export type SpriteRow = z.infer<typeof spriteRowSchema>

let rows: readonly SpriteRow[] | null = null

export function spriteRows(): readonly SpriteRow[] {
  rows ??= readFileSync(SPRITES_PATH, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => spriteRowSchema.parse(JSON.parse(line)))
  return rows
}

export type SpriteTable = ReadonlyMap<string, ReadonlyMap<Vendor, SpriteRow>>

/** Concept id to what each of the given vendors draws for it. */
export function spriteTable(vendors: readonly Vendor[]): SpriteTable {
  const table = new Map<string, Map<Vendor, SpriteRow>>()
  for (const row of spriteRows()) {
    if (!vendors.includes(row.vendor)) continue
    const known = table.get(row.concept) ?? new Map<Vendor, SpriteRow>()
    known.set(row.vendor, row)
    table.set(row.concept, known)
  }
  return table
}
