import { pairedChange } from '../../src/main/checks/round-metrics.ts'
import { joinPhrases, scoreSpecificity } from '../../src/main/checks/specificity.ts'
import { planCheck } from '../../src/main/text/foils/plan-check.ts'
import { dot, type DetailRow, type SceneSet, type ThinScene } from './checks-details-scenes.ts'

const SET = 'held-out scenes, bags of 7 look-alikes'
const OTHERS = 6
const NEAR_DUPLICATE = 0.96

/** Whether captions find their own image among look-alikes: full ones against thinned ones, by units and as a whole. */
export async function measureSpecificity(set: SceneSet): Promise<readonly DetailRow[]> {
  const [full, thin] = [await scoreAll(set, 'full'), await scoreAll(set, 'thin')]
  const margins = (scores: readonly Score[]) => scores.map(({ margin }) => margin)
  const change = pairedChange(margins(thin), margins(full), SEED)
  const rows = [...rowsOf('full caption', full), ...rowsOf('thinned caption', thin)]
  if (change === null) return rows
  const row = { set: SET, method: 'full less thinned caption', n: full.length }
  return [
    ...rows,
    { ...row, measure: 'margin', value: change.mean },
    { ...row, measure: 'margin, 95 % from', value: change.low },
    { ...row, measure: 'margin, 95 % to', value: change.high },
  ]
}

const SEED = 1

interface Score {
  readonly isFirst: boolean
  readonly margin: number
  /** By the vector of the whole text, for comparison. */
  readonly isFirstAsWhole: boolean
}

function rowsOf(method: string, scores: readonly Score[]): readonly DetailRow[] {
  const n = scores.length
  const share = (isHit: (score: Score) => boolean) => scores.filter(isHit).length / n
  const firsts = scores.filter(({ isFirst }) => isFirst).map(({ margin }) => margin)
  const rising = firsts.sort((left, right) => left - right)
  return [
    { measure: 'own image first', value: share(({ isFirst }) => isFirst) },
    { measure: 'own image first, as one text', value: share((score) => score.isFirstAsWhole) },
    {
      measure: 'margin',
      value: scores.reduce((sum, { margin }) => sum + margin, 0) / n,
    },
    {
      measure: 'margin of first ones, lowest fifth',
      value: rising[Math.floor(rising.length / 5)] ?? 0,
    },
  ].map((row) => ({ set: SET, method, ...row, n }))
}

async function scoreAll(set: SceneSet, which: 'full' | 'thin'): Promise<readonly Score[]> {
  const scores: Score[] = []
  for (const scene of set.scenes) {
    const bag = bagOf(set, scene)
    const text = which === 'full' ? scene.full : scene.thin.text
    const phrases = planCheck(text, []).units.flatMap(({ phrase }) => phrase ?? [])
    const [byUnits, asWhole] = await set.inference.texts({
      ...{ pack: set.pack, urgency: 'background', kind: 'caption' },
      texts: [joinPhrases(phrases), text],
    })
    if (byUnits === undefined || asWhole === undefined) throw new Error('A text got no vector.')
    const score = scoreIn(byUnits.vector, scene, bag)
    scores.push({
      isFirst: score.rank === 1,
      margin: score.margin ?? 0,
      isFirstAsWhole: scoreIn(asWhole.vector, scene, bag).rank === 1,
    })
  }
  return scores
}

function scoreIn(vector: Float32Array, scene: ThinScene, bag: readonly ThinScene[]) {
  const caption = {
    own: dot(vector, scene.vector),
    others: bag.map((other) => dot(vector, other.vector)),
  }
  return scoreSpecificity({ units: [{ start: 0, end: 0, ...caption }], caption }, 0)
}

function bagOf({ scenes }: SceneSet, scene: ThinScene): readonly ThinScene[] {
  return scenes
    .filter((other) => other !== scene)
    .map((other) => ({ other, cosine: dot(other.vector, scene.vector) }))
    .filter(({ cosine }) => cosine <= NEAR_DUPLICATE)
    .sort((left, right) => right.cosine - left.cosine)
    .slice(0, OTHERS)
    .map(({ other }) => other)
}
