import type { ClaimKind, PlannedUnit } from '../../../src/shared/domain/check-plan.ts'
import type { EvidenceRegion } from '../../../src/main/checks/unit-evidence.ts'
import type { SceneGraph } from '../../scenes/graph.ts'
import type { UnitKind } from '../../scenes/text/document.ts'
import type { Mark } from './planted-caption.ts'

/**
 * Which mark of the scene decides what a unit claims. Places and settings decide nothing: no fault of theirs is planted,
 * and being easy to see they would make every number look better.
 */
const MARKS: Readonly<Record<ClaimKind, UnitKind | null>> = {
  object: 'object',
  colour: 'colour',
  size: 'size',
  attribute: null,
  count: 'count',
  relation: 'relation',
  action: null,
  'sign-text': 'sign-text',
  name: null,
}

/** The mark that says whether a unit holds; null where the scene says nothing of it. */
export function findMark(unit: PlannedUnit, marks: readonly Mark[]): Mark | null {
  const found = marks.find(
    ({ kind, start, end }) => kind === MARKS[unit.claim] && start < unit.end && unit.start < end,
  )
  return found ?? null
}

/** Whether the middle of a region lies in a box of the mark's things, or of others with the same name. */
export function isPointedAt(
  region: EvidenceRegion | null,
  mark: Mark | null,
  graph: SceneGraph,
): boolean | null {
  const group = graph.groups.find(({ id }) => id === mark?.group)
  if (region === null || group === undefined) return null
  const x = (region.x + region.width / 2) * graph.width
  const y = (region.y + region.height / 2) * graph.height
  const alike = new Set(graph.groups.flatMap(({ id, noun }) => (noun === group.noun ? [id] : [])))
  return graph.objects.some(
    ({ group: id, box }) =>
      alike.has(id) &&
      x >= box.x &&
      x <= box.x + box.width &&
      y >= box.y &&
      y <= box.y + box.height,
  )
}
