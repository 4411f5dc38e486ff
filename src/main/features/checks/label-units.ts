import type { ImageId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ProjectLabel } from '../../checks/project-calibration.ts'
import type { WantedSignals } from '../../checks/used-signals.ts'
import type { Db } from '../../db/client.ts'
import type { AnsweredUnit, LabelledText } from '../../db/queries/calibrations.ts'
import type { JobRun } from '../../jobs/job-kind.ts'
import { vectorFilePath } from '../../models/vector-file.ts'
import { seeText, type CheckTools } from './check-text.ts'
import type { CheckGround } from './ground.ts'
import { findLookAlikes } from './look-alikes.ts'
import { PICTURE_CODES } from './picture-codes.ts'
import { foilUnits } from './self-foils.ts'

interface LabelTools extends CheckTools {
  readonly db: Db
  readonly ground: CheckGround
  readonly wanted: WantedSignals
  readonly run: Pick<JobRun, 'signal'>
}

/** A label with the place in the text that it is about. */
export type PlacedLabel = ProjectLabel & { readonly imageId: ImageId; readonly start: number }

type SeenUnits = Extract<Awaited<ReturnType<typeof seeText>>, { kind: 'seen' }>['units']

/** Images whose accepted captions say what a picture of this kind may well show too. */
const NEIGHBOURS = 20
/** Pictures in work at a time: one is planned while the models look at the others. */
const AT_ONCE = 4

/**
 * The units of an accepted caption, which hold, and for each one wrong unit, put in its place: seen as checks see them,
 * so that what they come to is what checks will come to.
 */
export async function labelCaption(
  tools: LabelTools,
  at: { readonly caption: LabelledText; readonly cacheFolder: string },
): Promise<readonly PlacedLabel[]> {
  const { caption } = at
  const units = await see(tools, caption, caption.text)
  const accepted = units.flatMap((seen) => toLabel(caption, seen, true))
  const alsoTrue = await listAlsoTrue(tools, at)
  const foiled = foilUnits(
    caption.text,
    units.map(({ unit }) => unit),
    { turn: caption.imageId, alsoTrue },
  )
  const labels: PlacedLabel[] = accepted.map((label) => ({ ...label, from: 'accepted' }))
  for (const { text, start, end } of foiled) {
    const found = await see(tools, caption, text)
    // Where the foil is read as something else, nobody knows what it says.
    const seen = found.find(({ unit }) => unit.start === start && unit.end === end)
    if (seen === undefined) continue
    labels.push(
      ...toLabel(caption, seen, false).map((label) => ({ ...label, from: 'foil' as const })),
    )
  }
  return labels
}

/** What people answered to the marks of one text. */
export async function labelAnswers(
  tools: LabelTools,
  answers: readonly AnsweredUnit[],
): Promise<readonly PlacedLabel[]> {
  const [first] = answers
  if (first === undefined) return []
  const units = await see(tools, first, first.text)
  return answers.flatMap((answer) => {
    const seen = units.find(({ unit }) => unit.start === answer.start && unit.end === answer.end)
    if (seen === undefined) return []
    return toLabel(answer, seen, answer.isSupported).map((label) => ({
      ...label,
      from: 'answer' as const,
    }))
  })
}

/** Works off a list, a few at a time; one picture that cannot be read is one failed item. */
export async function eachLabelled<Item>(
  items: readonly Item[],
  run: JobRun,
  label: (item: Item) => Promise<readonly PlacedLabel[]>,
): Promise<readonly PlacedLabel[]> {
  const labels: PlacedLabel[][] = items.map(() => [])
  let next = 0
  const workOff = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      run.signal.throwIfAborted()
      const item = items[index]
      if (item === undefined) continue
      try {
        labels[index] = [...(await label(item))]
        run.count('done')
      } catch (error) {
        if (!(error instanceof AppError) || !PICTURE_CODES.has(error.code)) throw error
        run.signal.throwIfAborted()
        run.fail({ item: `text ${index + 1}`, code: error.code, message: error.message })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, workOff))
  // In the order of the items, so that the same labels always come to the same table.
  return labels.flat()
}

async function see(
  tools: LabelTools,
  { imageId, picture }: Pick<LabelledText, 'imageId' | 'picture'>,
  text: string,
): Promise<SeenUnits> {
  const { db, ground, run } = tools
  const seen = await seeText(
    tools,
    {
      ...{ db, ground, caption: text, urgency: 'background', signal: run.signal },
      picture: { id: imageId, ...picture },
    },
    tools.wanted,
  )
  return seen.kind === 'seen' ? seen.units : []
}

/** Names have no truth in pixels, and of what nothing looked at there is nothing to learn. */
function toLabel(
  { imageId, group }: Pick<LabelledText, 'imageId' | 'group'>,
  { unit, evidence }: SeenUnits[number],
  isSupported: boolean,
): Omit<PlacedLabel, 'from'>[] {
  const { signals } = evidence
  if (unit.claim === 'name' || Object.keys(signals).length === 0) return []
  return [{ imageId, group, start: unit.start, kind: unit.kind, signals, isSupported }]
}

/** Texts whose words may be true of the picture too: its alt-texts, and accepted captions of pictures that look alike. */
async function listAlsoTrue(
  { db, ground, inference }: LabelTools,
  at: { readonly caption: LabelledText; readonly cacheFolder: string },
): Promise<readonly string[]> {
  const { imageId, picture } = at.caption
  const { altTexts } = await db.read.getTextSources({ imageId })
  const said = altTexts.map(({ text }) => text)
  if (ground.encoder === null) return said
  const { manifest, folder } = ground.encoder
  const alike = await findLookAlikes({
    ...{ inference, image: { id: imageId, ...picture }, count: NEIGHBOURS },
    pack: { folder, id: manifest.id, revision: manifest.revision },
    vectors: {
      path: vectorFilePath(at.cacheFolder, manifest),
      dimension: manifest.dimension,
    },
  })
  const ids = alike.map((one) => one.imageId)
  return [...said, ...(await db.read.listAcceptedCaptions({ ids }))]
}
