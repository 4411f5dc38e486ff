import { ANIMALS } from './animals.ts'
import type { Concept } from './concept.ts'
import { HOUSEHOLD } from './household.ts'
import { PEOPLE } from './people.ts'
import { FOOD, PLANTS } from './plants-and-food.ts'
import { CLOTHES, SHAPES, TOYS } from './things.ts'
import { BUILDINGS, SKY, STREET_OBJECTS, VEHICLES } from './vehicles-and-places.ts'

/** Every concept, in a fixed order: the order is part of what a seed means. */
export const CONCEPTS: readonly Concept[] = [
  ...ANIMALS,
  ...PLANTS,
  ...FOOD,
  ...VEHICLES,
  ...BUILDINGS,
  ...SKY,
  ...STREET_OBJECTS,
  ...TOYS,
  ...CLOTHES,
  ...HOUSEHOLD,
  ...SHAPES,
  ...PEOPLE,
]

const BY_ID = new Map(CONCEPTS.map((concept) => [concept.id, concept]))

export function conceptById(id: string): Concept {
  const concept = BY_ID.get(id)
  if (!concept) throw new Error(`No concept is called "${id}".`)
  return concept
}
