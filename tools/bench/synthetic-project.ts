import { mkdirSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { migrate } from '../../src/main/db/migrate.ts'
import { projectFiles } from '../../src/main/db/project-files.ts'
import { STATUSES } from '../../src/shared/domain/status.ts'
import { createRandom, drawRank, makeText } from './synthetic-words.ts'

const IMAGES_PER_TRANSACTION = 10_000
const TAG_COUNT = 200
const SOURCE_COUNT = 5
/** Any fixed moment: the same seed must make the same project today and next year. */
const START = Date.UTC(2026, 0, 1)
const MINUTE_MS = 60_000

/**
 * Makes a project folder with rows as a large web data set has them (two alt-texts an image, captions for four of
 * ten, tags, problems) but no image files, straight in the tables. Replaces a project that is there.
 */
export function buildSyntheticProject(args: {
  readonly path: string
  readonly images: number
  readonly seed: number
}): void {
  const files = projectFiles(args.path)
  mkdirSync(files.folder, { recursive: true })
  for (const end of ['', '-wal', '-shm']) rmSync(`${files.database}${end}`, { force: true })
  const db = new Database(files.database)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = OFF')
    db.pragma('cache_size = -262144')
    migrate(db)
    fillFixedTables(db)
    const random = createRandom(args.seed)
    const insertImage = prepareInserts(db)
    const insertMany = db.transaction((from: number, to: number) => {
      for (let number = from; number < to; number += 1) insertImage(makeImage(random, number))
    })
    for (let from = 1; from <= args.images; from += IMAGES_PER_TRANSACTION) {
      insertMany(from, Math.min(args.images + 1, from + IMAGES_PER_TRANSACTION))
    }
    db.prepare("UPDATE counter SET value = ? WHERE name = 'change'").run(args.images)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

interface SyntheticImage {
  readonly number: number
  readonly name: string
  readonly hash: string
  readonly format: string
  readonly width: number
  readonly height: number
  readonly sizeBytes: number
  readonly isAnimated: number
  readonly problem: number
  readonly alts: readonly [string, string]
  readonly caption: string | null
  readonly status: number
  readonly hasDraft: boolean
  readonly tags: ReadonlySet<number>
}

function makeImage(random: () => number, number: number): SyntheticImage {
  const below = (limit: number): number => Math.floor(random() * limit)
  const hasCaption = random() < 0.4
  const problem = random() < 0.99 ? 0 : 1 + below(2)
  const width = 200 + below(3_000)
  const height = 200 + below(3_000)
  return {
    number,
    name: `${makeText(random, 1).toLowerCase()}-${below(1e9).toString(36)}.jpg`,
    hash: Array.from({ length: 8 }, () => hex(below(2 ** 32), 8)).join(''),
    format: ['jpeg', 'jpeg', 'jpeg', 'png', 'webp'][below(5)] ?? 'jpeg',
    width,
    height,
    sizeBytes: Math.round(width * height * (0.1 + random() * 0.4)),
    isAnimated: Number(random() < 0.01),
    problem,
    alts: [makeText(random, 4 + below(12)), makeText(random, 2 + below(6))],
    caption: hasCaption ? makeText(random, 15 + below(30)) : null,
    status: hasCaption ? 2 + below(STATUSES.length - 2) : Number(random() < 0.05),
    hasDraft: random() < 0.02,
    tags: new Set(Array.from({ length: below(4) }, () => 1 + drawRank(random, TAG_COUNT))),
  }
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}

function fillFixedTables(db: Database.Database): void {
  db.prepare(
    "INSERT INTO project (id, uid, name, created_at) VALUES (1, 'synthetic', 'Synthetic', ?)",
  ).run(START)
  db.prepare(
    "INSERT INTO person (id, uid, name, created_at) VALUES (1, 'synthetic', 'Bench', ?)",
  ).run(START)
  const source = db.prepare(
    `INSERT INTO source (id, uid, format, path, root, map, created_at) VALUES (?, ?, 'jsonl', ?, ?, '{}', ?)`,
  )
  for (let id = 1; id <= SOURCE_COUNT; id += 1) {
    source.run(id, `source-${id}`, `shards/part-${id}.jsonl`, 'shards', START)
  }
  const tag = db.prepare('INSERT INTO tag (id, name) VALUES (?, ?)')
  for (let id = 1; id <= TAG_COUNT; id += 1) tag.run(id, `tag ${id}`)
}

/** What each table takes of an image; ids are the image's number, so that nothing has to be looked up. */
function prepareInserts(db: Database.Database): (image: SyntheticImage) => void {
  const image = db.prepare(
    `INSERT INTO image (id, uid, content_hash, format, width, height, orientation, is_animated, size_bytes,
       perceptual_hash, problem_code, problem_message, created_at) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
  )
  const location = db.prepare(
    'INSERT INTO image_location (image_id, source_id, locator, path) VALUES (?, ?, ?, ?)',
  )
  const alt = db.prepare(
    "INSERT INTO alt_text (image_id, source_id, origin, text, created_at) VALUES (?, ?, 'alt', ?, ?)",
  )
  const revision = db.prepare(
    `INSERT INTO revision (id, uid, image_id, round, text, author_kind, author_name, person_id, created_at)
     VALUES (?, ?, ?, 1, ?, 'human', 'Bench', 1, ?)`,
  )
  const caption = db.prepare('INSERT INTO caption (image_id, text) VALUES (?, ?)')
  const draft = db.prepare(
    'INSERT INTO autosave (image_id, person_id, text, saved_at) VALUES (?, 1, ?, ?)',
  )
  const tag = db.prepare('INSERT INTO image_tag (image_id, tag_id) VALUES (?, ?)')
  const state = db.prepare(
    `INSERT INTO image_state (image_id, status, round, head_revision_id, name, pixels, text_length, alt_count,
       revision_count, draft_count, problem, updated_seq, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 2, ?, ?, ?, ?, ?)`,
  )
  return (item) => {
    const { number: id, caption: text } = item
    const time = START + id * MINUTE_MS
    const source = 1 + (id % SOURCE_COUNT)
    const code = [null, 'IMAGE_FILE_MISSING', 'IMAGE_UNREADABLE'][item.problem] ?? null
    const { width, height, hash } = item
    const uid = `00000000-0000-7000-8000-${hex(id, 12)}`
    image.run(
      ...[id, uid, hash, item.format, width, height, item.isAnimated, item.sizeBytes],
      ...[hash.slice(0, 16), code, code === null ? null : 'Synthetic problem', time],
    )
    location.run(id, source, `row-${id}`, item.name)
    for (const words of item.alts) alt.run(id, source, words, time)
    if (text !== null) {
      revision.run(id, `revision-${id}`, id, text, time)
      caption.run(id, text)
    }
    if (item.hasDraft) draft.run(id, item.alts[0], time)
    for (const tagId of item.tags) tag.run(id, tagId)
    const hasCaption = Number(text !== null)
    state.run(
      ...[id, item.status, hasCaption, text === null ? null : id, item.name, width * height],
      ...[text?.length ?? 0, hasCaption, Number(item.hasDraft), item.problem, id, time],
    )
  }
}
