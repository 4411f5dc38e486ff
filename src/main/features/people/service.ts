import type { Person } from '../../../shared/contract/people.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { projectHeader } from '../../../shared/domain/request-headers.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Asker, Asking } from '../../base/asking.ts'
import type { FeatureContext } from '../open-project.ts'
import { isSameName, type GuestBook } from './guest-book.ts'
import type { Presence, Window } from './presence.ts'

export interface PeopleOptions {
  readonly book: GuestBook
  readonly presence: Presence
  /** Only the browser host can let others in. */
  readonly canInvite: boolean
  readonly ownerName: () => string
  /** The names of those who did something in the open project, or none when none is open. */
  readonly workedHere: () => Promise<readonly string[]>
  readonly projectUid: () => string | null
  /** Tells the open project of new people and names. */
  readonly refreshPeople: () => Promise<void>
  /** Ends what a guest has open. */
  readonly cutOff: (guestId: string) => void
  readonly publish: FeatureContext['publish']
}

export interface PeopleService {
  list(asking: Asking): Promise<Person[]>
  look(asking: Asking, imageId: ImageId | null): void
  invite(name: string): Promise<{ path: string }>
  revoke(name: string): Promise<void>
  /** Throws NAME_TAKEN when somebody else goes by that name. */
  rename(guest: Asker & { readonly kind: 'guest' }, name: string): Promise<void>
  checkOwnerName(name: string): void
}

const OWNER_KEY = 'owner'

export function createPeople(options: PeopleOptions): PeopleService {
  const { book, presence, publish } = options

  function checkFree(name: string, names: readonly string[]): void {
    if (!names.some((other) => isSameName(other, name))) return
    throw new AppError(
      'NAME_TAKEN',
      `Somebody goes by “${name}” already, and people are told apart by name. Choose another one, such as one with a surname.`,
    )
  }

  function guestNames(exceptId?: string): string[] {
    return book
      .list()
      .filter((guest) => guest.id !== exceptId)
      .map((guest) => guest.name)
  }

  return {
    async list({ asker }) {
      const you = personKeyOf(asker)
      const describe = (personKey: string, name: string): Person => {
        const here = presence.of(personKey)
        return {
          name,
          isYou: personKey === you,
          imageId: here?.imageId ?? null,
          isHere: here !== null,
          hasToken: personKey !== OWNER_KEY,
        }
      }
      const known = [
        describe(OWNER_KEY, options.ownerName()),
        ...book.list().map((guest) => describe(guest.id, guest.name)),
      ]
      const others = (await options.workedHere()).filter(
        (name) => !known.some((person) => isSameName(person.name, name)),
      )
      const gone = { isYou: false, imageId: null, isHere: false, hasToken: false }
      return [...known, ...others.map((name) => ({ ...gone, name }))]
    },
    look(asking, imageId) {
      const { shownProject } = asking
      const open = options.projectUid()
      const isOpen =
        shownProject === null || (open !== null && shownProject === projectHeader(open))
      presence.look(windowOf(asking), isOpen ? imageId : null)
    },
    async invite(name) {
      if (!options.canInvite) {
        throw new AppError(
          'HOST_UNSUPPORTED',
          'The desktop app serves nobody else. Start “realign serve” to work with others, and invite them there.',
        )
      }
      checkFree(name, [options.ownerName(), ...guestNames()])
      const { token } = await book.invite(name)
      await options.refreshPeople()
      publish({ topic: 'people' })
      return { path: `/?token=${token}` }
    },
    async revoke(name) {
      const guest = await book.revoke(name)
      options.cutOff(guest.id)
      presence.forget(guest.id)
      publish({ topic: 'people' })
    },
    async rename(guest, name) {
      // Taking the name of somebody who worked here would hand over their drafts.
      const worked = (await options.workedHere()).filter((other) => !isSameName(other, guest.name))
      checkFree(name, [options.ownerName(), ...guestNames(guest.id), ...worked])
      await book.rename(guest.id, name)
      await options.refreshPeople()
      publish({ topic: 'people' })
    },
    checkOwnerName: (name) => checkFree(name, guestNames()),
  }
}

/** A program that names no window has one. */
export function windowOf({ asker, windowId }: Asking): Window {
  return { personKey: personKeyOf(asker), windowId: windowId ?? '' }
}

function personKeyOf(asker: Asker): string {
  return asker.kind === 'owner' ? OWNER_KEY : asker.id
}
