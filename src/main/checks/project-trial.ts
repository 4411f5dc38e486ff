import { z } from 'zod'
import { CALIBRATION_BASES, CALIBRATION_REFUSALS } from '../../shared/contract/checks.ts'
import { UNIT_KINDS } from '../../shared/domain/text-unit.ts'
import { kindTable } from './calibration-table.ts'

const heldOut = z.object({
  marked: z.number(),
  /** Of those marked, how many the picture does show, 0 to 1; null where nothing was marked. */
  falseAlarms: z.number().nullable(),
  passed: z.number(),
  /** Of those passed, how many the picture does not show, 0 to 1; null where nothing passed. */
  missed: z.number().nullable(),
})
/** What a table did to units that it was not made of. */
export type HeldOut = z.infer<typeof heldOut>

const kindTrial = z.object({
  kind: z.enum(UNIT_KINDS),
  labelled: z.number(),
  answered: z.number(),
  /** Answers that said that a mark was right. */
  rejected: z.number(),
  /** A table of the project's labels, or the shipped one with limits that keep the bounds on them. */
  basis: z.enum(CALIBRATION_BASES).default('labels'),
  /** Null where too few units could be learned from. */
  table: kindTable.nullable(),
  own: heldOut.nullable(),
  /** The table in use without this one, on the same units. */
  other: heldOut.nullable(),
  /** Why the table is not used; null where it is. */
  refusal: z.enum(CALIBRATION_REFUSALS).nullable(),
})
/** What the labels of the project came to for one kind of units. */
export type KindTrial = z.infer<typeof kindTrial>

const projectTrial = z.object({
  version: z.literal(1),
  /** Changes with the tables. */
  id: z.string().min(1),
  pack: z.object({ id: z.string(), revision: z.string() }),
  /** Accepted captions and answers that were there when it was made, to tell when there are many new ones. */
  accepted: z.number(),
  answered: z.number(),
  /** Images that it was made of. */
  images: z.number(),
  kinds: z.array(kindTrial),
})
/** What the labels of a project came to, as the project keeps it. */
export type ProjectTrial = z.infer<typeof projectTrial>

/** Null for what another version of Realign wrote: then it is as if nothing had been measured. */
export function readProjectTrial(contents: string): ProjectTrial | null {
  const parsed = projectTrial.safeParse(JSON.parse(contents))
  return parsed.success ? parsed.data : null
}
