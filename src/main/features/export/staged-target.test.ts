import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MANIFEST_NAME, openStagedTarget } from './staged-target.ts'

const JOB = 7

describe('a staged export', () => {
  let parent: string
  let out: string

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'realign-target-'))
    out = join(parent, 'set')
  })
  afterEach(() => rm(parent, { recursive: true, force: true }))

  async function makeFolder(name: string, text: string): Promise<void> {
    await mkdir(join(parent, name))
    await writeFile(join(parent, name, 'data.txt'), text)
  }

  async function makeExport(name: string, text: string): Promise<void> {
    await makeFolder(name, text)
    await writeFile(join(parent, name, MANIFEST_NAME), '{}')
  }

  async function exportText(text: string): Promise<void> {
    const target = await openStagedTarget(out, JOB)
    const file = await target.openText('data.txt')
    await file.write(text)
    await file.close()
    await target.publish()
  }

  const readText = (): Promise<string> => readFile(join(out, 'data.txt'), 'utf8')

  it('is invisible until it is whole, and leaves nothing beside it', async () => {
    const target = await openStagedTarget(out, JOB)
    const file = await target.openText('data.txt')
    await file.write('new')
    await file.close()
    expect(await readdir(parent)).not.toContain('set')
    await target.publish()
    expect(await readText()).toBe('new')
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('replaces an older export', async () => {
    await makeExport('set', 'old')
    await exportText('new')
    expect(await readText()).toBe('new')
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('removes nothing that somebody else put into the folder meanwhile', async () => {
    const target = await openStagedTarget(out, JOB)
    const file = await target.openText('data.txt')
    await file.write('new')
    await file.close()
    await makeFolder('set', 'precious')
    await expect(target.publish()).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    await target.discard()
    expect(await readText()).toBe('precious')
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('leaves nothing of what was under way when it was given up', async () => {
    await writeFile(join(parent, 'picture.jpg'), 'x'.repeat(1_000_000))
    const target = await openStagedTarget(out, JOB)
    const from = join(parent, 'picture.jpg')
    const placed = Array.from({ length: 20 }, (_, index) =>
      target.placeFile({ from, name: `folder-${index}/picture.jpg`, copy: true }),
    )
    await Promise.all([target.discard(), Promise.allSettled(placed)])
    expect(await readdir(parent)).toEqual(['picture.jpg'])
    await expect(target.openText('late.txt')).rejects.toThrow('given up')
    expect(await readdir(parent)).toEqual(['picture.jpg'])
  })

  it('goes on after a kill between putting the old one aside and naming the new one', async () => {
    await makeFolder(`.set.realign-${JOB}.old`, 'old')
    await makeFolder(`.set.realign-${JOB}.partial`, 'half')
    const target = await openStagedTarget(out, JOB)
    expect(await readText()).toBe('old')
    await target.discard()
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('goes on after a kill before the old one was removed', async () => {
    await makeExport('set', 'new')
    await makeFolder(`.set.realign-${JOB}.old`, 'old')
    await exportText('newest')
    expect(await readText()).toBe('newest')
    expect(await readdir(parent)).toEqual(['set'])
  })

  it('says that the disk is full also where that shows only once all is flushed', async () => {
    const target = await openStagedTarget(out, JOB)
    const file = await target.openText('data.txt')
    await file.write('new')
    await file.close()
    const handle = await open(join(parent, 'any'), 'w')
    await handle.close()
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync')
    sync.mockRejectedValueOnce(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
    await expect(target.publish()).rejects.toMatchObject({ code: 'DISK_FULL' })
    sync.mockRestore()
    await target.discard()
    expect(await readdir(parent)).toEqual(['any'])
  })

  it('refuses a place behind a file, one with a name too long, and one behind a link to nothing', async () => {
    await writeFile(join(parent, 'file'), '')
    await symlink(join(parent, 'nothing'), join(parent, 'link'))
    for (const place of ['file', 'link', 'n'.repeat(300)]) {
      await expect(openStagedTarget(join(parent, place, 'set'), JOB)).rejects.toMatchObject({
        code: 'TARGET_UNWRITABLE',
      })
    }
    expect(await readdir(parent)).toEqual(['file', 'link'])
  })

  it.skipIf(process.platform !== 'linux')('refuses a place that takes no folders', async () => {
    for (const place of ['/proc/realign', '/proc/realign/set']) {
      await expect(openStagedTarget(place, JOB)).rejects.toMatchObject({
        code: 'TARGET_UNWRITABLE',
      })
    }
  })
})
