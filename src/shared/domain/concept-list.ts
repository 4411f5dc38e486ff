/** Of a list of concepts: how many it has at most, and how many UTF-16 units each. */
export const MAX_CONCEPTS = 20_000
export const MAX_CONCEPT_LENGTH = 200
