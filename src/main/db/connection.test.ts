import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWriter } from './connection.ts'
import { migrate } from './migrate.ts'
import { projectFiles } from './project-files.ts'
import { getProject } from './queries/project.ts'
import Database from 'better-sqlite3'

describe('a project whose making was interrupted', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'realign-connection-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function openAndClose(): Promise<string> {
    const writer = openWriter(folder, { create: false })
    const { name } = getProject(writer.db)
    await writer.close()
    return name
  }

  it('opens when its file is still empty', async () => {
    await writeFile(projectFiles(folder).database, '')
    expect(await openAndClose()).toMatch(/^realign-connection-/)
  })

  it('opens when it has its tables but no name yet', async () => {
    const db = new Database(projectFiles(folder).database)
    migrate(db)
    db.close()
    expect(await openAndClose()).toMatch(/^realign-connection-/)
  })
})

it.skipIf(process.platform !== 'linux')('a place that takes no folders is refused', () => {
  expect(() => openWriter('/proc/realign/project', { create: true })).toThrow(
    expect.objectContaining({ code: 'TARGET_UNWRITABLE' }),
  )
})
