import type { ExportOptions } from '../../../shared/contract/exports.ts'
import {
  parsePrefixTemplate,
  type PrefixField,
  type PrefixPart,
} from '../../../shared/domain/prefix-template.ts'
import type { StoredImage } from '../../db/queries/export-rows.ts'
import type { ExportText } from '../../formats/format.ts'
import type { TextClient } from '../../text/client.ts'
import type { TokenizerFiles } from '../../text/requests.ts'
import { chooseTexts } from './choose-texts.ts'

export interface TextShaper {
  /** The texts of each image as they are to be written; null for an image that the limit leaves out. */
  shape(images: readonly StoredImage[]): Promise<readonly (readonly ExportText[] | null)[]>
  /** What is to be said at the end. */
  warnings(): readonly string[]
  /** False where some tokens had to be estimated. */
  areTokensExact(): boolean
}

export interface TextTools {
  readonly text: Pick<TextClient, 'shape'>
  readonly tokenizers: { find(): Promise<readonly TokenizerFiles[]> }
}

/** Chooses texts, and cuts them and puts the prefix before them where the options say so. */
export function createTextShaper(options: ExportOptions, tools: TextTools): TextShaper {
  const { sentences, tokens, seed } = options
  const prefix = readPrefix(options.prefix)
  const counts = { cut: 0, leftOut: 0, isExact: true }
  let tokenizers: Promise<readonly TokenizerFiles[]> | null = null

  return {
    async shape(images) {
      const chosen = images.map((image) =>
        chooseTexts(image, options).map((text) => ({ ...text, prefix: prefix(image, text) })),
      )
      if (sentences === null && tokens === null) return chosen.map((texts) => texts.map(finish))
      tokenizers ??= tokens === null ? Promise.resolve([]) : tools.tokenizers.find()
      const shaped = await tools.text.shape({
        ...{ sentences, tokens, tokenizers: await tokenizers },
        texts: chosen.flatMap((texts, index) =>
          texts.map((each, place) => ({
            ...{ prefix: each.prefix, text: each.text },
            key: `${seed} sentences ${images[index]?.uid ?? ''} ${place}`,
          })),
        ),
      })
      counts.isExact &&= shaped.isExact
      const answers = shaped.texts.values()
      return chosen.map((texts) => {
        const kept = texts.flatMap((each) => {
          const { text, isCut } = answers.next().value ?? { text: null, isCut: false }
          if (isCut) counts.cut += 1
          if (text !== null) return [finish({ ...each, text })]
          counts.leftOut += 1
          return []
        })
        return kept.length === 0 && texts.length > 0 ? null : kept
      })
    },
    warnings() {
      const { cut, leftOut, isExact } = counts
      const said: string[] = []
      if (!isExact) {
        said.push(
          'Tokens were estimated, because no model pack with the tokenizer of the limit is installed.',
        )
      }
      if (cut > 0) said.push(`${cut} texts had more tokens than the limit and were cut.`)
      if (leftOut > 0)
        said.push(`${leftOut} texts had more tokens than the limit and were left out.`)
      return said
    },
    areTokensExact: () => counts.isExact,
  }
}

function finish({
  prefix,
  text,
  role,
  round,
}: ExportText & { readonly prefix: string }): ExportText {
  return { role, round, text: prefix + text }
}

function readPrefix(template: string): (image: StoredImage, text: ExportText) => string {
  const parsed = parsePrefixTemplate(template)
  // The contract has refused every other template.
  if (!parsed.ok) throw new Error(parsed.message)
  return (image, text) => parsed.parts.map((part) => partText(part, image, text)).join('')
}

function partText(part: PrefixPart, image: StoredImage, text: ExportText): string {
  return part.kind === 'words' ? part.words : fieldText(part.field, image, text)
}

function fieldText(field: PrefixField, image: StoredImage, { role, round }: ExportText): string {
  switch (field) {
    case 'role':
      return role
    case 'round':
      return String(round ?? 0)
    case 'tags':
      return image.tags.join(', ')
    case 'status':
      return image.status
    case 'file_name':
      return image.name
  }
}
