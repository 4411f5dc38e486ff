import { findUnits } from '../../src/main/text/units/find-units.ts'
import type { SceneGraph } from './scene-graph.ts'

/** What our units say of a caption, in the form of a scene graph: entities and names, attributes and counts. */
export function graphOfUnits(caption: string): SceneGraph {
  const units = findUnits(caption)
  return {
    objects: units
      .filter(({ kind }) => kind === 'entity' || kind === 'name')
      .map(({ lemma }) => lemma),
    attributes: units.flatMap(({ kind, about, lemma }) => {
      const object = about === null ? undefined : units[about]
      const isAttribute = kind === 'attribute' || kind === 'count'
      return isAttribute && object !== undefined ? [{ object: object.lemma, value: lemma }] : []
    }),
  }
}
