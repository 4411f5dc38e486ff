import type { Db } from '../../db/client.ts'
import { checkText, type CheckedPicture, type CheckTools } from './check-text.ts'
import type { CheckGround } from './ground.ts'

/** Images with more of them have lists rather than descriptions. */
const MOST_ALT_TEXTS = 4

/**
 * Judges the alt-texts of an image that were not judged so, which tells corrections from mere changes. Answers whether
 * there were any.
 */
export async function checkAltTexts(
  tools: CheckTools,
  at: { readonly db: Db; readonly ground: CheckGround; readonly picture: CheckedPicture },
): Promise<boolean> {
  const { db, ground, picture } = at
  const { altTexts } = await db.read.getTextSources({ imageId: picture.id })
  const texts = [...new Set(altTexts.slice(0, MOST_ALT_TEXTS).map(({ text }) => text))]
  const key = { imageHash: picture.hash, ...ground.key }
  const open = await db.read.listUnjudgedTexts({ key, texts })
  for (const text of open) {
    const checked = await checkText(tools, { ...at, caption: text, urgency: 'interactive' })
    const verdicts = checked.kind === 'checked' ? checked.units : []
    await db.write.storeVerdicts({ key: { ...key, text }, verdicts })
  }
  return open.length > 0
}
