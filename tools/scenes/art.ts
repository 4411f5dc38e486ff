import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'
import type { Concept, Vendor } from './concepts/concept.ts'

const PACKAGES = {
  noto: '@iconify-json/noto',
  fluent: '@iconify-json/fluent-emoji-flat',
  twemoji: '@iconify-json/twemoji',
  emojione: '@iconify-json/emojione',
  fxemoji: '@iconify-json/fxemoji',
  openmoji: '@iconify-json/openmoji',
} as const satisfies Record<Vendor, string>

const iconSetSchema = z.object({
  width: z.number().default(16),
  height: z.number().default(16),
  icons: z.record(
    z.string(),
    z.object({
      body: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
    }),
  ),
  aliases: z.record(z.string(), z.object({ parent: z.string() })).default({}),
})
type IconSet = z.infer<typeof iconSetSchema>

/** An icon as its set ships it: the inside of an `<svg>` and the size of its view box. */
export interface Icon {
  readonly body: string
  readonly width: number
  readonly height: number
}

const sets = new Map<Vendor, IconSet>()

function iconSet(vendor: Vendor): IconSet {
  const known = sets.get(vendor)
  if (known) return known
  const path = createRequire(import.meta.url).resolve(`${PACKAGES[vendor]}/icons.json`)
  const set = iconSetSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  sets.set(vendor, set)
  return set
}

/** The icon, or null when the vendor has none of that name. */
export function findIcon(vendor: Vendor, name: string): Icon | null {
  const set = iconSet(vendor)
  const icon = set.icons[name] ?? set.icons[set.aliases[name]?.parent ?? '']
  if (!icon) return null
  return { body: icon.body, width: icon.width ?? set.width, height: icon.height ?? set.height }
}

/** The name under which a vendor draws a concept, or null when it does not, or not well enough. */
export function iconName(concept: Concept, vendor: Vendor): string | null {
  const override = concept.but[vendor]
  if (override === null) return null
  // FxEmojis writes the usual names without hyphens.
  const name = override ?? (vendor === 'fxemoji' ? concept.art.replaceAll('-', '') : concept.art)
  return findIcon(vendor, name) ? name : null
}
