import type { FoundBox } from '../../../src/main/checks/box-evidence.ts'
import { findDetails } from '../../../src/main/features/checks/find-details.ts'
import type { InferenceClient } from '../../../src/main/models/client.ts'
import { findUnsaid } from '../../../src/main/text/mentions-unsaid.ts'
import type { Photo } from './photo-data.ts'
import type { CheckRow } from './measure-set.ts'

/** What is offered beside a human caption of a photo, and how many classes that are there it leaves out. */
export interface PhotoDetails {
  readonly offered: readonly { readonly isTrue: boolean }[]
  readonly unsaid: number
  readonly found: number
}

/** What a detector alone offers beside each human caption; the truth is the photo's list of objects. */
export function detailsOf(
  photo: Photo,
  boxes: readonly FoundBox[],
  inference: Pick<InferenceClient, 'look'>,
): Promise<PhotoDetails[]> {
  return Promise.all(
    photo.captions.map((caption) => besideCaption(caption, { photo, boxes, inference })),
  )
}

async function besideCaption(
  caption: string,
  of: {
    readonly photo: Photo
    readonly boxes: readonly FoundBox[]
    readonly inference: Pick<InferenceClient, 'look'>
  },
): Promise<PhotoDetails> {
  const { photo, boxes, inference } = of
  const { file_name: name, objects } = photo
  const details = await findDetails(
    {
      ...{ pack: null, picture: { path: name, hash: name }, urgency: 'background', caption },
      ...{
        statusOf: () => 'unsure',
        altTexts: [],
        neighbours: [],
        lines: null,
        isColourless: false,
      },
      ...{ boxes: [...boxes], answers: new Map() },
    },
    {
      text: { unsaid: (question) => Promise.resolve(findUnsaid(question)) },
      inference,
      table: null,
    },
  )
  const said = { caption, altTexts: [], neighbours: [], nouns: [] }
  const unsaid = findUnsaid({ ...said, labels: Object.keys(objects) }).labels
  const classes = new Set(Object.keys(objects).map((label) => label.toLowerCase()))
  const offered = details.map(({ id }) => ({ id, isTrue: classes.has(id) }))
  const found = unsaid.filter(({ noun }) => offered.some(({ id }) => id === noun)).length
  return { offered, unsaid: unsaid.length, found }
}

export function measurePhotoDetails(details: readonly PhotoDetails[]): readonly CheckRow[] {
  const offered = details.flatMap((one) => one.offered)
  const unsaid = details.reduce((sum, one) => sum + one.unsaid, 0)
  const found = details.reduce((sum, one) => sum + one.found, 0)
  const right = offered.filter(({ isTrue }) => isTrue).length
  const row = (measure: string, hits: number, n: number): CheckRow => ({
    ...{ set: 'photos', method: 'YOLOX nano', measure, n },
    value: n === 0 ? 0 : hits / n,
  })
  return [
    row('details: offered and in the list of objects', right, offered.length),
    row('details: in the list, unsaid, and offered', found, unsaid),
  ]
}
