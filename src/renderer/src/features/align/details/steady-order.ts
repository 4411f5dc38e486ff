/**
 * What was shown before keeps its place before the rest: each change of the caption weighs details anew, and a chip must not
 * go from under the key that is about to be pressed.
 */
export function inSteadyOrder<Item extends { readonly id: string }>(
  items: readonly Item[],
  shownIds: readonly string[],
): readonly Item[] {
  const placeOf = ({ id }: Item): number => {
    const place = shownIds.indexOf(id)
    return place === -1 ? shownIds.length : place
  }
  return items.toSorted((one, other) => placeOf(one) - placeOf(other))
}
