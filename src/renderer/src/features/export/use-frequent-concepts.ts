import { useEffect, useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { reportError } from '../../notices/report-error.ts'

type Wish = NonNullable<Parameters<typeof client.exports.concepts>[0]>
type Answer = Awaited<ReturnType<typeof client.exports.concepts>>

/** What the last look through the texts came to: how many concepts, in how many of the images. */
export type ConceptLook = Pick<Answer, 'sampled' | 'of'> & { readonly found: number }

type OnFound = (concepts: string[], look: ConceptLook) => void

/** Looks through the texts for what they mostly name; another look or `stop` gives the one before up. */
export function useFrequentConcepts(): {
  readonly isLooking: boolean
  readonly last: ConceptLook | undefined
  look(wish: Wish, onFound: OnFound): void
  stop(): void
} {
  const [isLooking, setLooking] = useState(false)
  const [last, setLast] = useState<ConceptLook | undefined>()
  const asked = useRef<AbortController | null>(null)
  useEffect(() => () => asked.current?.abort(), [])

  function stop(): void {
    asked.current?.abort()
    asked.current = null
    setLooking(false)
  }

  async function ask(wish: Wish, onFound: OnFound): Promise<void> {
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    setLooking(true)
    try {
      const { concepts, sampled, of } = await client.exports.concepts(wish, {
        signal: controller.signal,
      })
      if (controller.signal.aborted) return
      const outcome = { sampled, of, found: concepts.length }
      setLast(outcome)
      onFound(
        concepts.map(({ concept }) => concept),
        outcome,
      )
    } catch (error) {
      if (!controller.signal.aborted) reportError(error)
    } finally {
      if (asked.current === controller) {
        asked.current = null
        setLooking(false)
      }
    }
  }

  return {
    ...{ isLooking, last, stop },
    look: (wish, onFound) => {
      void ask(wish, onFound)
    },
  }
}
