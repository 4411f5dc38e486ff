import type { Detail, Verdict } from '../../../shared/contract/judgements.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { findDetailTable } from '../../checks/details-tables.ts'
import type { Db } from '../../db/client.ts'
import { vectorFilePath } from '../../models/vector-file.ts'
import type { Urgency } from '../../models/requests.ts'
import type { PackPlace } from '../../models/session-pool.ts'
import type { CheckedPicture, CheckTools } from './check-text.ts'
import { findDetails } from './find-details.ts'
import type { CheckEncoder } from './ground.ts'
import { findLookAlikes } from './look-alikes.ts'

/** The images that look most alike whose accepted captions are read. */
const NEIGHBOURS = 20
/** Far below what a project may call grey: a picture with a single faint colour is not in black and white. */
const MOST_COLOURLESS = 0.5

/** What the picture shows and a text does not say, with all that the project knows of the image. Stores nothing. */
export async function findImageDetails(
  { text, inference }: Pick<CheckTools, 'text' | 'inference'>,
  at: {
    readonly db: Db
    readonly cacheFolder: string
    /** Null where a detector alone looks: then what it saw and what was read is all there is. */
    readonly encoder: CheckEncoder | null
    readonly picture: CheckedPicture
    readonly caption: string
    /** Of the caption. */
    readonly verdicts: readonly Verdict[]
    readonly urgency: Urgency
  },
): Promise<Detail[]> {
  const { db, picture, caption, urgency } = at
  const [sources, findings, answers, colour, neighbours] = await Promise.all([
    db.read.getTextSources({ imageId: picture.id }),
    db.read.getFindings({ imageId: picture.id }),
    db.read.listDetailAnswers(),
    db.read.getColourfulness({ imageId: picture.id }),
    at.encoder === null ? [] : listNeighbours(inference, { ...at, encoder: at.encoder }),
  ])
  return findDetails(
    {
      ...{ pack: at.encoder === null ? null : placeOf(at.encoder), picture, urgency, caption },
      statusOf: (noun) => statusOf(noun, at.verdicts),
      altTexts: sources.altTexts.map((altText) => altText.text),
      neighbours,
      boxes: findings.detect?.boxes ?? null,
      lines: findings.ocr?.lines ?? null,
      isColourless: colour !== null && colour < MOST_COLOURLESS,
      answers: new Map(answers.map(({ phrase, ...counts }) => [phrase, counts])),
    },
    { text, inference, table: at.encoder === null ? null : findDetailTable(at.encoder.manifest) },
  )
}

/** Accepted captions of the images that look most alike, the nearest first. */
async function listNeighbours(
  inference: CheckTools['inference'],
  at: {
    readonly db: Db
    readonly cacheFolder: string
    readonly encoder: CheckEncoder
    readonly picture: CheckedPicture
  },
): Promise<readonly string[]> {
  const { db, cacheFolder, encoder, picture } = at
  const { manifest } = encoder
  const alike = await findLookAlikes({
    ...{ inference, pack: placeOf(encoder), image: picture, count: NEIGHBOURS },
    vectors: { path: vectorFilePath(cacheFolder, manifest), dimension: manifest.dimension },
  })
  return db.read.listAcceptedCaptions({ ids: alike.map(({ imageId }) => imageId) })
}

function placeOf({ manifest, folder }: CheckEncoder): PackPlace {
  return { folder, id: manifest.id, revision: manifest.revision }
}

/** What no check judged is as good as unsure. */
function statusOf({ start, end }: TextSpan, verdicts: readonly Verdict[]): Verdict['status'] {
  const own = verdicts.find(
    (verdict) => verdict.kind === 'entity' && verdict.start === start && verdict.end === end,
  )
  return own?.status ?? 'unsure'
}
