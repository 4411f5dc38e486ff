/** What a caption says, as people or programs wrote it down. Words are in lower case. */
export interface SceneGraph {
  readonly objects: readonly string[]
  readonly attributes: readonly Attribute[]
}

export interface Attribute {
  readonly object: string
  /** A word of a quality, or a count in digits. */
  readonly value: string
}

/** Reads FACTUAL's notation: "( girl , is , young ) , ( girl , on , bed )"; the last part of an "is" is no object. */
export function readSceneGraph(text: string): SceneGraph {
  const objects = new Set<string>()
  const attributes: Attribute[] = []
  for (const [, fact = ''] of text.matchAll(/\(([^()]*)\)/g)) {
    const [subject, predicate, object] = fact.split(' , ').map((part) => part.trim().toLowerCase())
    if (subject !== undefined && subject !== '') objects.add(subject)
    if (subject === undefined || object === undefined || object === '') continue
    if (predicate === 'is') attributes.push({ object: subject, value: object })
    else objects.add(object)
  }
  return { objects: [...objects], attributes }
}
