import { describe, expect, it } from 'vitest'
import { composeScene, DEFAULT_SCENE_OPTIONS } from '../../scenes/compose.ts'
import { FAULT_KINDS, plantFaults, popularConcepts } from './planted-caption.ts'
import { HELD_OUT_SETS, CALIBRATION_SET } from './scene-sets.ts'

const scenes = Array.from({ length: 40 }, (_, index) =>
  composeScene(4000, index, DEFAULT_SCENE_OPTIONS),
)
const popular = popularConcepts(scenes)
const planted = scenes.flatMap((scene) =>
  plantFaults(scene, { kinds: FAULT_KINDS, popular }).map((caption) => ({ scene, caption })),
)

describe('plantFaults', () => {
  it('plants every kind of fault somewhere', () => {
    const kinds = new Set(planted.flatMap(({ caption }) => caption.fault ?? []))
    expect([...kinds].toSorted()).toEqual([...FAULT_KINDS].toSorted())
  })

  it('makes exactly one span false, and leaves the other words where the marks say', () => {
    for (const { scene, caption } of planted) {
      const wrong = caption.marks.filter(({ isTrue }) => isTrue === false)
      expect(wrong).toHaveLength(caption.fault === null ? 0 : 1)
      for (const [index, mark] of caption.marks.entries()) {
        const said = caption.text.slice(mark.start, mark.end)
        const truth = scene.caption.units[index]?.text ?? ''
        if (mark.isTrue === false) expect(said.toLowerCase()).not.toBe(truth.toLowerCase())
        else expect(said).toBe(truth)
      }
    }
  })

  it('writes the article that the wrong word takes', () => {
    for (const { caption } of planted) expect(caption.text).not.toMatch(/\ba [aeio]\w+ /i)
  })

  it('never calls false what is said of something in the picture', () => {
    for (const { scene, caption } of planted) {
      if (caption.fault?.startsWith('object') !== true) continue
      const wrong = caption.marks.find(({ isTrue }) => isTrue === false)
      const said = caption.text.slice(wrong?.start, wrong?.end).toLowerCase()
      const names = scene.graph.groups.flatMap(({ noun, plural }) => [noun, plural])
      expect(names).not.toContain(said)
    }
  })
})

describe('the sets', () => {
  it('share no seed with each other, the bundled sample or the training', () => {
    const seeds = [CALIBRATION_SET, ...HELD_OUT_SETS].map(({ seed }) => seed)
    const others = [1, 1000, 2000, 3000, 3001]
    expect(new Set([...seeds, ...others]).size).toBe(seeds.length + others.length)
  })
})
