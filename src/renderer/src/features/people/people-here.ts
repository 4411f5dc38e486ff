import { useQuery } from '@tanstack/react-query'
import type { Person } from '../../../../shared/contract/people.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { api } from '../../api/client.ts'

const NOBODY: ReadonlyMap<ImageId, readonly string[]> = new Map()

/** Everybody who is known here; the events of the core keep it fresh. */
export function usePeople(): readonly Person[] {
  return useQuery(api.people.list.queryOptions()).data ?? []
}

/** The names of the others by the image that they have open; the same map while nobody moves. */
export function useOthersOnImages(): ReadonlyMap<ImageId, readonly string[]> {
  return useQuery(api.people.list.queryOptions({ select: othersByImage })).data ?? NOBODY
}

/** “Ann and Ben have this image open”, for names of at least one person. */
export function describeOthers(names: readonly string[]): string {
  const list = new Intl.ListFormat('en').format(names)
  return `${list} ${names.length === 1 ? 'has' : 'have'} this image open`
}

export function othersByImage(people: readonly Person[]): Map<ImageId, string[]> {
  const byImage = new Map<ImageId, string[]>()
  for (const { name, isYou, imageId } of people) {
    if (isYou || imageId === null) continue
    byImage.set(imageId, [...(byImage.get(imageId) ?? []), name])
  }
  return byImage
}
