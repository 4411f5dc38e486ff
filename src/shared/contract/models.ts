import { z } from 'zod'
import { PACK_TASKS } from '../domain/pack.ts'
import { imageId, jobId, procedure, queryText } from './base.ts'

const DEVICE_WISHES = ['auto', 'cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const

const packRef = z.object({ id: z.string().min(1).max(200), revision: z.string().min(1).max(200) })

const problem = z.object({ code: z.string(), message: z.string() })

const installedPack = packRef.extend({
  name: z.string(),
  task: z.enum(PACK_TASKS),
  licence: z.object({ id: z.string(), url: z.string().optional() }),
  source: z.string(),
  scope: z.object({ images: z.enum(['any', 'sample-world']), note: z.string() }),
  precision: z.string(),
  sizeBytes: z.number(),
  /** Came with Realign and cannot be removed. */
  isBundled: z.boolean(),
  /** Used where a procedure names no pack. */
  isChosen: z.boolean(),
})
export type InstalledPackInfo = z.infer<typeof installedPack>

const brokenPack = z.object({
  id: z.string(),
  revision: z.string().nullable(),
  isBundled: z.boolean(),
  problem,
})

const catalogueEntry = z.object({
  id: z.string(),
  name: z.string(),
  task: z.enum(PACK_TASKS),
  licence: z.object({ id: z.string(), url: z.string().optional() }),
  source: z.string(),
  note: z.string(),
  /** The fixed version of the source; null where the newest is taken and its version recorded. */
  revision: z.string().nullable(),
  /** Null where the host says it only when asked. */
  sizeBytes: z.number().nullable(),
  /** How the bytes are checked, in words for the person who installs. */
  trust: z.string(),
  /** What is downloaded; empty where Realign cannot fetch or run the model, and the note says why. */
  files: z.array(z.string()),
  isInstalled: z.boolean(),
})
export type CatalogueEntryInfo = z.infer<typeof catalogueEntry>

const device = z.object({
  wish: z.enum(DEVICE_WISHES),
  /** Null while no model was ever asked for. */
  inUse: z.string().nullable(),
  fallbacks: z.array(z.object({ device: z.string(), reason: z.string() })),
})

const status = z.object({
  device,
  isRunning: z.boolean(),
  memoryBytes: z.number().nullable(),
  loaded: z.array(z.object({ pack: z.string(), role: z.string(), sizeBytes: z.number() })),
  rates: z.array(
    z.object({
      pack: z.string(),
      task: z.string(),
      batch: z.number(),
      perSecond: z.number().nullable(),
    }),
  ),
})
export type ModelStatus = z.infer<typeof status>

const packChoice = { pack: z.string().min(1).max(200).optional() }

const embedStatus = z.object({
  /** Null where no encoder for these images is installed. */
  pack: packRef.extend({ name: z.string(), scopeNote: z.string() }).nullable(),
  /** Images of the project that have a vector of this pack. */
  covered: z.number(),
  /** Images that can have one. */
  total: z.number(),
  sizeBytes: z.number(),
})
export type EmbedStatus = z.infer<typeof embedStatus>

const speed = z.object({
  /** With reading, decoding and resizing, as in a job. */
  imagesPerSecond: z.number(),
  images: z.number(),
  ms: z.number(),
  device: z.string(),
})
export type PackSpeed = z.infer<typeof speed>

const trial = z.object({
  /** Of an encoder. */
  phrases: z.array(
    z.object({
      text: z.string(),
      /** Cosine of picture and phrase. */
      score: z.number(),
      isCut: z.boolean(),
    }),
  ),
  /** Of a detector the things, of an OCR pack the lines, with how sure it is from 0 to 1. */
  found: z.array(z.object({ text: z.string(), score: z.number() })),
})
export type PackTrial = z.infer<typeof trial>

const searchInput = z.object({
  ...packChoice,
  /** What the images should show; with `like`, both count. */
  text: z.string().max(10_000).default(''),
  /** What they should not show. */
  minus: z.array(z.string().min(1).max(10_000)).max(8).default([]),
  /** Images that they should resemble. */
  like: z.array(imageId).max(16).default([]),
  /** Only images that this query matches. */
  where: queryText.default(''),
  top: z.int().min(1).max(500).default(20),
})

const searchAnswer = z.object({
  pack: packRef.extend({ name: z.string(), scopeNote: z.string() }),
  rows: z.array(
    z.object({
      imageId,
      name: z.string(),
      hash: z.string(),
      rank: z.number(),
      /** Cosine: to be compared within one answer only, because models differ in what they call alike. */
      score: z.number(),
    }),
  ),
  covered: z.number(),
  total: z.number(),
  /** The text had more tokens than the model takes; its end was not looked at. */
  isTextCut: z.boolean(),
  /** What the person should know: images without a vector, a damaged file, a pack for other images. */
  notes: z.array(z.string()),
})
export type ImageSearchAnswer = z.infer<typeof searchAnswer>

export const models = {
  list: procedure.output(
    z.object({
      packs: z.array(installedPack),
      broken: z.array(brokenPack),
      catalogue: z.array(catalogueEntry),
    }),
  ),
  /** Compares every byte of a pack with its manifest; rejects with what is wrong. */
  verify: procedure.input(packRef).output(z.object({ isSound: z.literal(true) })),
  /** From a folder with a pack.json or as model hubs have it, or from the catalogue by download. */
  install: procedure
    .input(
      z.discriminatedUnion('from', [
        z.object({ from: z.literal('folder'), path: z.string().min(1) }),
        z.object({ from: z.literal('catalogue'), id: z.string().min(1).max(200) }),
      ]),
    )
    .output(z.object({ jobId })),
  remove: procedure.input(packRef).output(z.object({ isRemoved: z.literal(true) })),
  /** The pack to use where none is named; null goes back to the choice of Realign. */
  choose: procedure
    .input(z.object({ task: z.enum(PACK_TASKS), id: z.string().min(1).max(200).nullable() }))
    .output(z.object({ id: z.string().nullable() })),
  setDevice: procedure.input(z.object({ device: z.enum(DEVICE_WISHES) })).output(status),
  /** Starts nothing: where no model was asked for, nothing runs. */
  status: procedure.output(status),
  embedStatus: procedure.input(z.object(packChoice).prefault({})).output(embedStatus),
  /** Computes the vectors of all images that have none yet. */
  embed: procedure.input(z.object(packChoice).prefault({})).output(z.object({ jobId })),
  search: procedure.input(searchInput).output(searchAnswer),
  /** Runs a pack over images of the project for some seconds; stores nothing. */
  measure: procedure.input(packRef).output(speed),
  /** How well phrases fit one image by an encoder, or what a detector or OCR finds in it; stores nothing. */
  tryOn: procedure
    .input(
      packRef.extend({
        imageId,
        phrases: z.array(z.string().min(1).max(1000)).max(16).default([]),
      }),
    )
    .output(trial),
}
