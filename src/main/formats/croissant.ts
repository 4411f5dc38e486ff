import type { ExchangeProject } from './format.ts'
import type { SetFacts, SetWords } from './set-facts.ts'

export const CROISSANT_NAME = 'croissant.json'

type Json = Readonly<Record<string, unknown>>

interface DescribedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** What a format's files hold, for programs that load by the description. */
interface Layout {
  /** Pictures that are no file objects of their own, as patterns. */
  readonly fileSets: readonly {
    readonly id: string
    readonly includes: string
    readonly type: string
  }[]
  readonly recordSets: readonly Json[]
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ...{
    jsonl: 'application/jsonlines',
    jsonlines: 'application/jsonlines',
    json: 'application/json',
  },
  ...{ csv: 'text/csv', tsv: 'text/tab-separated-values', txt: 'text/plain', md: 'text/markdown' },
  ...{ parquet: 'application/x-parquet', tar: 'application/x-tar', toml: 'application/toml' },
  xml: 'application/xml',
}
const PICTURE = /\.(?:jpe?g|png|webp|gif|avif|tiff?|bmp|svg)$/i

// Programs turn texts that look like times into times, so `updated_at` is left out.
const COLUMNS = {
  ...{ image_id: 'sc:Text', file_name: 'sc:Text', sha256: 'sc:Text', width: 'sc:Integer' },
  ...{ height: 'sc:Integer', caption: 'sc:Text', text: 'sc:Text', round: 'sc:Integer' },
  status: 'sc:Text',
} as const

/**
 * Describes a data set in Croissant 1.0 with the fields of its extension for responsible AI. Every file but pictures and
 * their sidecar texts is an object with its SHA-256; pictures are one set, and the manifest has their hashes.
 */
export function writeCroissant(about: {
  readonly project: ExchangeProject
  readonly formatId: string
  readonly facts: SetFacts
  readonly words: SetWords
  readonly files: readonly DescribedFile[]
  /** Names of the parts of a split set; left out where it is not split. */
  readonly splits?: readonly string[]
}): string {
  const { project, facts, words, splits = [] } = about
  const files = about.files.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const layout = layoutOf(about.formatId, files, splits)
  const document = {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    name: nameOf(project),
    description: words.description === '' ? describe(facts) : words.description.toWellFormed(),
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    license: words.licence === '' ? 'unknown' : words.licence.toWellFormed(),
    url: words.url === '' ? `urn:uuid:${project.uid}` : words.url.toWellFormed(),
    creator: {
      '@type': 'sc:Organization',
      name: words.creator === '' ? 'unknown' : words.creator.toWellFormed(),
    },
    datePublished: facts.lastDay ?? '1970-01-01',
    version: '1.0.0',
    ...responsible(project, facts),
    distribution: [
      ...files.filter(({ name }) => isObject(name, about.formatId)).map(toFileObject),
      ...layout.fileSets.map(({ id, includes, type }) => ({
        ...{ '@type': 'cr:FileSet', '@id': id, name: id, encodingFormat: type, includes },
      })),
    ],
    recordSet: layout.recordSets,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function nameOf({ name }: ExchangeProject): string {
  // The name is an identifier there: some programs make a folder of it.
  const clean = name
    .toWellFormed()
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return clean === '' ? 'image-text-data-set' : clean
}

function describe({ images, captions }: SetFacts): string {
  return `${images} images with alt-texts from the web, ${captions} of them with a caption that people re-aligned to the image.`
}

function responsible(project: ExchangeProject, facts: SetFacts): Json {
  const rounds = facts.rounds.map(([number, captions]) => {
    const name = project.rounds.find((round) => round.number === number)?.name ?? ''
    return `round ${number}${name === '' ? '' : ` (${name})`}: ${captions} captions that stand`
  })
  return {
    'rai:dataCollection': `Alt-texts as web pages and data sets have them, with their origin; ${facts.altTexts} in all.`,
    'rai:dataCollectionType': 'Web Scraping',
    'rai:annotationPlatform': `Realign ${project.appVersion}`,
    'rai:annotationsPerItem': 'One caption that stands an image, and its earlier versions.',
    'rai:dataAnnotationProtocol': [
      'In each round people change the text of the round before so that it fits the image.',
      `In review ${facts.accepted} were accepted and ${facts.returned} returned.`,
      ...rounds,
    ].join(' '),
    'rai:annotatorDemographics': `${facts.people} people, by pseudonyms; nothing else is known of them.`,
    'rai:machineAnnotationTools': facts.models.length === 0 ? ['none'] : facts.models,
    'rai:dataLimitations':
      'Captions are as good as the people who wrote them; images without a caption have their alt-texts alone.',
    'rai:dataBiases': 'Not measured.',
  }
}

function isObject(name: string, formatId: string): boolean {
  if (PICTURE.test(name)) return false
  return formatId !== 'txt' || !name.endsWith('.txt')
}

function toFileObject({ name, bytes, sha256 }: DescribedFile): Json {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return {
    ...{ '@type': 'cr:FileObject', '@id': name, name, contentUrl: name },
    ...{ contentSize: `${bytes} B`, sha256 },
    encodingFormat: MEDIA_TYPES[extension] ?? 'application/octet-stream',
  }
}

function layoutOf(
  formatId: string,
  files: readonly DescribedFile[],
  splits: readonly string[],
): Layout {
  switch (formatId) {
    case 'jsonl':
      return { fileSets: [], recordSets: tablesOf('data.jsonl', splits) }
    case 'csv':
      return { fileSets: [], recordSets: tablesOf('data.csv', splits) }
    case 'imagefolder':
      return imagefolderOf('metadata.jsonl', files, splits)
    case 'imagefolder-csv':
      return imagefolderOf('metadata.csv', files, splits)
    case 'imagefolder-parquet':
      return imagefolderOf('metadata.parquet', files, splits)
    case 'hf-parquet':
      return parquetOf()
    default:
      return { fileSets: pictureSets(files), recordSets: [] }
  }
}

/** The record set of a table, or of the table in each split's folder. */
function tablesOf(file: string, splits: readonly string[]): readonly Json[] {
  if (splits.length === 0) return [tableOf({ fileObject: { '@id': file } })]
  return splits.map((split) =>
    tableOf({ fileObject: { '@id': `${split}/${file}` } }, `records-${split}`),
  )
}

function tableOf(source: Json, id = 'records'): Json {
  return {
    ...{ '@type': 'cr:RecordSet', '@id': id, name: id },
    field: Object.entries(COLUMNS).map(([name, type]) => ({
      ...{ '@type': 'cr:Field', '@id': `${id}/${name}`, name, dataType: type },
      source: { ...source, extract: { column: name } },
    })),
  }
}

/** One set for each folder and kind of picture. */
function pictureSets(files: readonly DescribedFile[]): Layout['fileSets'] {
  const patterns = new Set(
    files.flatMap(({ name }) => {
      const ending = PICTURE.exec(name)?.[0]
      return ending === undefined ? [] : [`${name.slice(0, name.lastIndexOf('/') + 1)}*${ending}`]
    }),
  )
  return [...patterns].toSorted().map((includes, index) => ({
    ...{ id: index === 0 ? 'pictures' : `pictures-${index + 1}`, includes },
    type: `image/${includes
      .slice(includes.lastIndexOf('.') + 1)
      .toLowerCase()
      .replace('jpg', 'jpeg')}`,
  }))
}

/** Pictures are a record set of their own, which the table's file names lead to. */
function imagefolderOf(
  metadata: string,
  files: readonly DescribedFile[],
  splits: readonly string[],
): Layout {
  const fileSets = pictureSets(files)
  const pictures = fileSets.map(({ id }) => ({
    ...{ '@type': 'cr:RecordSet', '@id': `${id}-content`, name: `${id}-content` },
    field: [
      {
        ...{ '@type': 'cr:Field', '@id': `${id}-content/file_name`, name: 'file_name' },
        dataType: 'sc:Text',
        source: { fileSet: { '@id': id }, extract: { fileProperty: 'filename' } },
      },
      {
        ...{ '@type': 'cr:Field', '@id': `${id}-content/image`, name: 'image' },
        dataType: 'sc:ImageObject',
        source: { fileSet: { '@id': id }, extract: { fileProperty: 'content' } },
      },
    ],
  }))
  const tables =
    splits.length === 0 ? tablesOf(`train/${metadata}`, []) : tablesOf(metadata, splits)
  return { fileSets, recordSets: [...tables, ...pictures] }
}

function parquetOf(): Layout {
  const source = { fileSet: { '@id': 'tables' } }
  const table = tableOf(source)
  const image = {
    ...{ '@type': 'cr:Field', '@id': 'records/image', name: 'image', dataType: 'sc:ImageObject' },
    source: { ...source, extract: { column: 'image' }, transform: { jsonPath: 'bytes' } },
  }
  const fields: unknown = table['field']
  return {
    fileSets: [{ id: 'tables', includes: 'data/*.parquet', type: 'application/x-parquet' }],
    recordSets: [
      { ...table, field: [image, ...(Array.isArray(fields) ? (fields as unknown[]) : [])] },
    ],
  }
}

/** The context that Croissant 1.0 publishes, whole, with the prefix of the extension. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
} as const
