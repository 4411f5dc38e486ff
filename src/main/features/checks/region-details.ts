import type { DetailCandidate } from '../../checks/details.ts'
import type { LookAnswer } from '../../models/requests.ts'

type Parts = NonNullable<LookAnswer['rest']>['parts']
type Part = Parts[number]

/**
 * Parts of the picture that stand out and that the caption says nothing of. They are called by the ninth of the picture
 * that their middle lies in: so people can tell them apart, and one that was dismissed stays away when it comes out a little
 * larger the next time.
 */
export function regionCandidates(parts: Parts): DetailCandidate[] {
  return parts.map(({ region, salience, openness, area }) => {
    const noun = placeOf(region)
    return {
      ...{ source: 'region', about: 'region', noun, phrase: `something ${noun}`, region },
      ...{ instead: null, look: { salience, openness, area } },
    }
  })
}

const NINTHS = [
  ['at the top left', 'at the top', 'at the top right'],
  ['on the left', 'in the middle', 'on the right'],
  ['at the bottom left', 'at the bottom', 'at the bottom right'],
] as const

function placeOf({ x, y, width, height }: Part['region']): string {
  return NINTHS[third(y + height / 2)][third(x + width / 2)]
}

function third(share: number): 0 | 1 | 2 {
  return share < 1 / 3 ? 0 : share < 2 / 3 ? 1 : 2
}
