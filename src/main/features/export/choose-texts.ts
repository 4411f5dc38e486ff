import { findAnchor } from '../../../shared/domain/alt-origin.ts'
import type { ExportOptions } from '../../../shared/contract/exports.ts'
import { TEXT_ROLES, type TextRole } from '../../../shared/domain/text-choice.ts'
import { createSeededRandom } from '../../base/seeded-random.ts'
import type { StoredImage } from '../../db/queries/export-rows.ts'
import type { ExportText } from '../../formats/format.ts'

type Choice = Pick<ExportOptions, 'text' | 'roles' | 'mix' | 'seed'>

/** The texts that the options choose of an image, in their order; one at most unless several are asked for. */
export function chooseTexts(image: StoredImage, choice: Choice): readonly ExportText[] {
  switch (choice.text) {
    case 'caption':
      return captionOf(image)
    case 'caption-or-alt': {
      const caption = captionOf(image)
      return caption.length > 0 ? caption : anchorOf(image)
    }
    case 'alt':
      return anchorOf(image)
    case 'mix':
      return drawText(image, choice)
    case 'several':
      return TEXT_ROLES.filter((role) => choice.roles.includes(role)).flatMap((role) =>
        textsOfRole(image, role),
      )
  }
}

function captionOf(image: StoredImage): readonly ExportText[] {
  const head = image.revisions.find((revision) => revision.id === image.headRevisionId)
  return head === undefined ? [] : [{ role: 'caption', text: head.text, round: head.round }]
}

function anchorOf(image: StoredImage): readonly ExportText[] {
  const anchor = findAnchor(image.altTexts)
  return anchor === undefined ? [] : [toText('alt', anchor.text)]
}

function textsOfRole(image: StoredImage, role: TextRole): readonly ExportText[] {
  switch (role) {
    case 'caption':
      return captionOf(image)
    case 'alt':
      return image.altTexts
        .filter(({ origin }) => origin !== 'file-name')
        .map(({ text }) => toText('alt', text))
    case 'revision':
      return earlierCaptions(image)
  }
}

/** The captions that the standing one was made from, oldest first; what was undone is no part of them. */
function earlierCaptions(image: StoredImage): readonly ExportText[] {
  const byId = new Map(image.revisions.map((revision) => [revision.id, revision]))
  const earlier: ExportText[] = []
  const seen = new Set<number>()
  const head = image.headRevisionId === null ? undefined : byId.get(image.headRevisionId)
  let parentId = head?.parentId ?? null
  while (parentId !== null && !seen.has(parentId)) {
    seen.add(parentId)
    const revision = byId.get(parentId)
    if (revision === undefined) break
    earlier.push({ role: 'revision', text: revision.text, round: revision.round })
    parentId = revision.parentId
  }
  return earlier.reverse()
}

function drawText(image: StoredImage, { mix, seed }: Choice): readonly ExportText[] {
  const shares = TEXT_ROLES.map((role) => ({
    weight: mix[role],
    texts: textsOfRole(image, role).filter(({ text }) => text !== ''),
  })).filter(({ weight, texts }) => weight > 0 && texts.length > 0)
  const random = createSeededRandom(`${seed} mix ${image.uid}`)
  const sum = shares.reduce((total, { weight }) => total + weight, 0)
  let lot = random() * sum
  const share = shares.find(({ weight }) => (lot -= weight) < 0) ?? shares.at(-1)
  const drawn = share?.texts[Math.floor(random() * share.texts.length)]
  return drawn === undefined ? [] : [drawn]
}

function toText(role: TextRole, text: string): ExportText {
  return { role, text, round: null }
}
