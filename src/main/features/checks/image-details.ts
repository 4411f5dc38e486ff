import type { Detail, Verdict } from '../../../shared/contract/judgements.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { findDetailTable } from '../../checks/details-tables.ts'
import type { Db } from '../../db/client.ts'
import { vectorFilePath } from '../../models/vector-file.ts'
import type { Urgency } from '../../models/requests.ts'
import type { CheckedPicture, CheckTools } from './check-text.ts'
import { findDetails } from './find-details.ts'
import type { CheckEncoder } from './ground.ts'
import { findLookAlikes } from './look-alikes.ts'

/** The images that look most alike whose accepted captions are read. */
const NEIGHBOURS = 20

/** What the picture shows and a text does not say, with all that the project knows of the image. Stores nothing. */
export async function findImageDetails(
  { text, inference }: Pick<CheckTools, 'text' | 'inference'>,
  at: {
    readonly db: Db
    readonly cacheFolder: string
    readonly encoder: CheckEncoder
    readonly picture: CheckedPicture
    readonly caption: string
    /** Of the caption. */
    readonly verdicts: readonly Verdict[]
    readonly urgency: Urgency
  },
): Promise<Detail[]> {
  const { db, picture, caption, urgency } = at
  const { manifest, folder } = at.encoder
  const pack = { folder, id: manifest.id, revision: manifest.revision }
  const [sources, findings, answers, alike] = await Promise.all([
    db.read.getTextSources({ imageId: picture.id }),
    db.read.getFindings({ imageId: picture.id }),
    db.read.listDetailAnswers(),
    findLookAlikes({
      ...{ inference, pack, image: picture, count: NEIGHBOURS },
      vectors: {
        path: vectorFilePath(at.cacheFolder, manifest),
        dimension: manifest.dimension,
      },
    }),
  ])
  const ids = alike.map(({ imageId }) => imageId)
  return findDetails(
    {
      ...{ pack, picture, urgency, caption },
      statusOf: (noun) => statusOf(noun, at.verdicts),
      altTexts: sources.altTexts.map((altText) => altText.text),
      neighbours: await db.read.listAcceptedCaptions({ ids }),
      boxes: findings.detect?.boxes ?? null,
      lines: findings.ocr?.lines ?? null,
      answers: new Map(answers.map(({ phrase, ...counts }) => [phrase, counts])),
    },
    { text, inference, table: findDetailTable(manifest) },
  )
}

/** What no check judged is as good as unsure. */
function statusOf({ start, end }: TextSpan, verdicts: readonly Verdict[]): Verdict['status'] {
  const own = verdicts.find(
    (verdict) => verdict.kind === 'entity' && verdict.start === start && verdict.end === end,
  )
  return own?.status ?? 'unsure'
}
