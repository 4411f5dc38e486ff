import { hash } from 'node:crypto'
import { createExportNames } from './export-names.ts'
import type { ExportRow, FormatWriter, WriteRequest } from './format.ts'
import { openLines } from './line-writer.ts'
import { placeImage, reportMissing } from './place-image.ts'

const FOLDER = 'images'
/** The names that the labelling configuration and the results share. */
const CONTROL = 'caption'
const OBJECT = 'image'

type Json = Readonly<Record<string, unknown>>

export const labelStudioWriter: FormatWriter = {
  id: 'label-studio',
  label: 'Label Studio tasks',
  group: 'annotation',
  summary: 'tasks.json with captions to edit',
  description:
    'tasks.json to import, labelling.xml as its configuration, pictures in images/ for local storage. Captions are annotations, proposals predictions.',
  hasImages: true,
  holdsSeveral: false,
  isSharded: false,
  write: writeTasks,
}

async function writeTasks(request: WriteRequest): Promise<void> {
  const nameFile = createExportNames()
  const lines = await openLines(request.target, 'tasks.json')
  await lines.write('[')
  let count = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const name = nameFile(row.image)
    if (
      request.options.images !== 'none' &&
      !(await placeImage(request, row, `${FOLDER}/${name}`))
    ) {
      reportMissing(request, row)
      continue
    }
    await lines.write(`${count === 0 ? '' : ','}\n${JSON.stringify(toTask(row, name))}`)
    count += 1
    request.onRow('done')
  }
  await lines.write('\n]\n')
  await lines.close()
  const config = await request.target.openText('labelling.xml')
  await config.write(CONFIG)
  await config.close()
}

function toTask(row: ExportRow, name: string): Json {
  const { image } = row
  return {
    data: {
      // Local storage serves files below the folder that it was told.
      image: `/data/local-files/?d=${FOLDER}/${encodeURIComponent(name)}`,
      alt: image.alts.map(({ text }) => text).join('\n'),
      ...{ text: row.text, image_id: image.uid, round: image.round, status: image.status },
      ...(row.url === null ? {} : { url: row.url }),
    },
    annotations:
      row.textKind === 'none' || row.textKind === 'alt'
        ? []
        : [{ was_cancelled: false, ground_truth: false, result: resultOf(image.uid, row.text) }],
    predictions: [
      ...(row.textKind === 'alt'
        ? [{ model_version: 'alt-text', result: resultOf(image.uid, row.text) }]
        : []),
      ...image.proposals.map(({ uid, author, text }) => ({
        model_version: author === '' ? 'proposal' : author,
        result: resultOf(uid, text),
      })),
    ],
  }
}

function resultOf(uid: string, text: string): readonly Json[] {
  return [
    {
      ...{ id: hash('sha256', uid, 'hex').slice(0, 10), type: 'textarea' },
      ...{ from_name: CONTROL, to_name: OBJECT, origin: 'manual' },
      value: { text: [text] },
    },
  ]
}

const CONFIG = `<View>
  <Image name="${OBJECT}" value="$image"/>
  <Text name="alt" value="$alt"/>
  <TextArea name="${CONTROL}" toName="${OBJECT}" rows="4" maxSubmissions="1" editable="true"/>
</View>
`
