import type { ExportFinding } from '../../../shared/contract/exports.ts'
import type { ExportRow } from '../../formats/format.ts'
import type { SetRequest } from './write-set.ts'

const MAX_EXAMPLES = 3
/** Formats that tell samples apart, or load them again, by their web addresses. */
const WANT_ADDRESSES: ReadonlySet<string> = new Set(['altogether', 'metaclip', 'img2dataset'])

/** What is counted of rows; the words of a finding are made at the end. */
type RowFault = 'no-text' | 'broken-characters' | 'same-name' | 'no-address' | 'not-accepted'

export interface RowCheck {
  add(row: ExportRow): void
  findings(): readonly ExportFinding[]
}

/** Looks at rows as they go to a writer, for what no writer says by itself. */
export function createRowCheck(request: SetRequest, hasImages: boolean): RowCheck {
  const found = new Map<RowFault, { images: number; readonly examples: string[] }>()
  const names = new Set<string>()
  const placesFiles = hasImages && request.options.images !== 'none'

  function count(fault: RowFault, { image }: ExportRow): void {
    const known = found.get(fault) ?? { images: 0, examples: [] }
    known.images += 1
    if (known.examples.length < MAX_EXAMPLES) known.examples.push(image.fileName)
    found.set(fault, known)
  }

  return {
    add(row) {
      const { image } = row
      const texts = row.texts?.map(({ text }) => text) ?? [row.text]
      if (texts.every((text) => text === '')) count('no-text', row)
      if (texts.some(hasBrokenCharacters)) count('broken-characters', row)
      if (row.url === null && WANT_ADDRESSES.has(request.format)) count('no-address', row)
      if (image.status !== 'accepted') count('not-accepted', row)
      if (!placesFiles) return
      const name = image.fileName.normalize('NFC').toLowerCase()
      if (names.has(name)) count('same-name', row)
      else names.add(name)
    },
    findings: () =>
      [...found].map(([fault, { images, examples }]) => ({
        ...describe(fault, images, request),
        ...{ images, examples },
      })),
  }
}

/** Halves of characters, which no UTF-8 file can hold, and signs that control terminals of old. */
function hasBrokenCharacters(text: string): boolean {
  return !text.isWellFormed() || /[^\P{Cc}\t\n\r]/u.test(text)
}

function describe(
  fault: RowFault,
  count: number,
  { options, where }: SetRequest,
): Pick<ExportFinding, 'id' | 'weight' | 'message' | 'query'> {
  const [images, have] = count === 1 ? ['image', 'has'] : ['images', 'have']
  switch (fault) {
    case 'no-text':
      return {
        ...{ id: fault, weight: 'problem' },
        message: `${images} ${have} no text of the kind that is chosen`,
        query: narrow(where, WITHOUT_TEXT[options.text]),
      }
    case 'broken-characters':
      return {
        ...{ id: fault, weight: 'problem', query: null },
        message: `${images} ${have} control characters or halves of characters in the text, which loaders refuse or change`,
      }
    case 'same-name':
      return {
        ...{ id: fault, weight: 'note', query: null },
        message: `${images} ${have} a file name that another one has too, and ${count === 1 ? 'gets' : 'get'} a number behind it`,
      }
    case 'no-address':
      return {
        ...{ id: fault, weight: 'note', query: null },
        message: `${images} ${have} no web address, which this format names pictures by`,
      }
    case 'not-accepted':
      return {
        ...{ id: fault, weight: 'note' },
        message: `${images} ${have} not been accepted in review`,
        query: narrow(where, 'NOT status:accepted'),
      }
  }
}

/** Queries for images without any text that the choice would take; null where no query says it. */
const WITHOUT_TEXT: Readonly<Record<SetRequest['options']['text'], string | null>> = {
  caption: 'NOT has:caption',
  'caption-or-alt': 'NOT has:caption NOT has:alt',
  alt: 'NOT has:alt',
  mix: null,
  several: null,
}

/** The images of a query that match another one too. */
export function narrow(where: string, by: string | null): string | null {
  if (by === null) return null
  return where.trim() === '' ? by : `(${where.trim()}) ${by}`
}
