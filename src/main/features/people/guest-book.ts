import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Asker } from '../../base/asking.ts'
import type { Log } from '../../base/log.ts'

/** As long as the token of the server itself: 192 bits. */
const TOKEN_BYTES = 24
const MAX_FORMER_NAMES = 20

const storedGuest = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(100),
  /** Newest first: projects that know the person by one of these are told the new name when they open. */
  formerNames: z.array(z.string()),
  /** SHA-256 of the token in hex. The token itself is known to the person only. */
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
  invitedAt: z.number(),
})
type Guest = Readonly<z.infer<typeof storedGuest>>

export interface GuestBook {
  list(): readonly Guest[]
  /** Who holds this token; the time tells nothing about how near a wrong one came. */
  find(token: string): Asker | null
  invite(name: string): Promise<{ readonly guest: Guest; readonly token: string }>
  rename(id: string, name: string): Promise<void>
  /** Throws PERSON_NOT_FOUND. */
  revoke(name: string): Promise<Guest>
}

/**
 * The people who were invited to this host, in a file of the user's data folder. A file that cannot be read lets
 * nobody in and is kept; the owner invites again.
 */
export async function createGuestBook(options: {
  readonly dataFolder: string
  readonly log: Log
}): Promise<GuestBook> {
  const path = join(options.dataFolder, 'people.json')
  let guests = await load(path, options.log)
  let writing: Promise<unknown> = Promise.resolve()

  // Known only once it is on the disk: a link that works until the next start only would be a trap.
  function change<Value>(
    next: () => { readonly guests: readonly Guest[]; readonly value: Value },
  ): Promise<Value> {
    const done = writing.then(async () => {
      const { guests: changed, value } = next()
      await store(path, changed)
      guests = changed
      return value
    })
    writing = done.catch(() => undefined)
    return done
  }

  return {
    list: () => guests,
    find(token) {
      const offered = hash(token)
      let found: Asker | null = null
      for (const { id, name, tokenHash } of guests) {
        if (timingSafeEqual(offered, Buffer.from(tokenHash, 'hex')))
          found = { kind: 'guest', id, name }
      }
      return found
    },
    invite: (name) =>
      change(() => {
        const token = randomBytes(TOKEN_BYTES).toString('base64url')
        const guest: Guest = {
          id: randomUUID(),
          name,
          formerNames: [],
          tokenHash: hash(token).toString('hex'),
          invitedAt: Date.now(),
        }
        return { guests: [...guests, guest], value: { guest, token } }
      }),
    rename: (id, name) =>
      change(() => ({
        guests: guests.map((guest) => (guest.id === id ? renamed(guest, name) : guest)),
        value: undefined,
      })),
    revoke: (name) =>
      change(() => {
        const value = guests.find((guest) => isSameName(guest.name, name))
        if (value === undefined) {
          throw new AppError(
            'PERSON_NOT_FOUND',
            `Nobody named “${name}” has a link to this Realign.`,
          )
        }
        return { guests: guests.filter((guest) => guest !== value), value }
      }),
  }
}

/** People tell each other apart by name, and nobody tells “Ann” from “ann” in a hurry. */
export function isSameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
  return plain(one) === plain(other)
}

function renamed(guest: Guest, name: string): Guest {
  const formerNames = [...new Set([guest.name, ...guest.formerNames])]
    .filter((former) => former !== name)
    .slice(0, MAX_FORMER_NAMES)
  return { ...guest, name, formerNames }
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

async function load(path: string, log: Log): Promise<readonly Guest[]> {
  let content: string
  try {
    content = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  try {
    return z.array(storedGuest).parse(JSON.parse(content))
  } catch (error) {
    log.warn('The list of invited people could not be read; their links do not work', { error })
    await rename(path, `${path}.damaged`)
    return []
  }
}

async function store(path: string, guests: readonly Guest[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, `${JSON.stringify(guests, null, 2)}\n`, { mode: 0o600 })
  await rename(temporary, path)
}
