import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrate, newestVersion, readVersion } from '../../src/main/db/migrate.ts'
import { MIGRATIONS } from '../../src/main/db/migrations/index.ts'
import type { Migration } from '../../src/main/db/migrations/migration.ts'

function step(version: number, sql: string): Migration {
  return { version, name: `step ${version}`, up: (db) => void db.exec(sql) }
}

describe('migrate', () => {
  it('brings an empty file to the newest version, with strict tables only', () => {
    const db = new Database(':memory:')
    migrate(db)
    expect(readVersion(db)).toBe(newestVersion())
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
    expect(db.pragma('foreign_key_check')).toEqual([])
  })

  it('does nothing to a file of the newest version', () => {
    const db = new Database(':memory:')
    migrate(db)
    db.exec("UPDATE counter SET value = 41 WHERE name = 'change'")
    migrate(db)
    expect(db.prepare('SELECT value FROM counter').pluck().get()).toBe(41)
  })

  it('refuses a file from the future and names both versions', () => {
    const db = new Database(':memory:')
    db.pragma('user_version = 9990')
    expect(() => migrate(db)).toThrow(
      expect.objectContaining({
        code: 'DATABASE_FROM_FUTURE',
        data: { found: 9990, newest: newestVersion() },
      }),
    )
  })

  it('keeps the file as it was when a step fails', () => {
    const db = new Database(':memory:')
    const steps = [
      step(10, 'CREATE TABLE a (x INTEGER) STRICT'),
      step(20, 'CREATE TABLE a (y INTEGER) STRICT'),
    ]
    expect(() => migrate(db, steps)).toThrow('already exists')
    expect(readVersion(db)).toBe(0)
    expect(db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'a'").pluck().get()).toBe(0)
  })

  it('refuses a list of steps that does not rise', () => {
    const db = new Database(':memory:')
    expect(() => migrate(db, [step(20, ''), step(10, '')])).toThrow('a whole number above 20')
    expect(() => migrate(db, [step(20, ''), step(20, '')])).toThrow('a whole number above 20')
    expect(() => migrate(db, [step(1.5, '')])).toThrow('a whole number above 0')
    const versions = MIGRATIONS.map((entry) => entry.version)
    expect(versions).toEqual([...new Set(versions)].sort((left, right) => left - right))
  })
})

describe('the rules that the file itself keeps', () => {
  function makeImage(): Database.Database {
    const db = new Database(':memory:')
    migrate(db)
    db.exec(`
      INSERT INTO source (id, uid, format, path, root, map, created_at) VALUES (1, 's', 'folder', '/s', '/s', '{}', 0);
      INSERT INTO image (id, uid, created_at) VALUES (1, 'i', 0);
      INSERT INTO alt_text (id, image_id, source_id, origin, text, created_at) VALUES (1, 1, 1, 'alt', 'a red bus', 0);
      INSERT INTO revision (id, uid, image_id, round, text, author_kind, author_name, created_at)
        VALUES (1, 'r', 1, 1, 'a bus', 'human', 'me', 0);
      INSERT INTO caption (image_id, text) VALUES (1, 'a bus');
    `)
    return db
  }

  it.each([
    ['UPDATE alt_text SET text = ?', 'immutable'],
    ['DELETE FROM alt_text WHERE text <> ?', 'never deleted'],
    ['UPDATE revision SET text = ?', 'append-only'],
    ['DELETE FROM revision WHERE text <> ?', 'never deleted'],
  ])('%s is refused', (sql, message) => {
    expect(() => makeImage().prepare(sql).run('other')).toThrow(message)
  })

  it('keeps the text indexes in step', () => {
    const db = makeImage()
    const find = (index: string, word: string): unknown =>
      db.prepare(`SELECT count(*) FROM ${index} WHERE ${index} MATCH ?`).pluck().get(word)
    expect(find('alt_text_index', 'red')).toBe(1)
    db.exec("UPDATE caption SET text = 'a tram' WHERE image_id = 1")
    expect([find('caption_index', 'bus'), find('caption_index', 'tram')]).toEqual([0, 1])
    db.exec('DELETE FROM caption')
    expect(find('caption_index', 'tram')).toBe(0)
  })
})
