import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, Copy, type LucideIcon } from 'lucide-react'
import { useId, useState } from 'react'
import type { Specificity } from '../../../../../shared/contract/checks.ts'
import { api } from '../../../api/client.ts'
import { previewUrl } from '../../../api/media-url.ts'
import { Button } from '../../../components/Button.tsx'
import { useShownCheck } from '../marks/LiveCheckProvider.tsx'
import type { SettledImage } from '../settled-image.ts'
import { NotCompared } from './NotCompared.tsx'
import { separatingWords } from './separating-words.ts'
import './SpecificityLine.css'

type Known = Exclude<Specificity['status'], 'unknown'>

const LOOKS: Readonly<Record<Known, { readonly label: string; readonly icon: LucideIcon }>> = {
  distinct: { label: 'Distinct', icon: CircleCheck },
  weak: { label: 'Hardly distinct', icon: CircleDashed },
  ambiguous: { label: 'Ambiguous', icon: Copy },
}

const PREVIEW_PX = 800
/** A bag of the picture itself: no other was found that looks like it. */
const ALONE = 1

/** Whether the caption fits this picture better than those that look like it; give it the image as its `key`. */
export function SpecificityLine({ image }: { readonly image: SettledImage }) {
  const check = useShownCheck()
  const text = check.kind === 'checked' && check.text.imageId === image.id ? check.text.text : null
  const [asked, setAsked] = useState(text)
  if (text !== null && text !== asked) setAsked(text)
  const caption = text ?? asked
  const { data, refetch } = useQuery({
    ...api.checks.specificity.queryOptions({
      input: { imageId: image.id, caption: caption ?? '' },
    }),
    enabled: caption !== null,
    // What was said of the text before stands until this one is known, so that nothing blinks.
    placeholderData: keepPreviousData,
  })
  const [isCompared, setCompared] = useState(false)
  const panel = useId()
  // Nothing looks at this text, so what was said of the one before it would stand for good.
  if (check.kind === 'missing' || check.kind === 'failed') return null
  if (data === undefined || caption === null) return null
  if (data.status === 'unknown') {
    return data.bagSize === ALONE ? <NotCompared onCompared={() => void refetch()} /> : null
  }
  const { label, icon: Icon } = LOOKS[data.status]
  const { confusable, rank, bagSize } = data
  const words = separatingWords(caption, data)
  return (
    <section className="side-section" aria-label="Fits this picture alone?">
      <div className={`specificity specificity-${data.status}`}>
        <Icon className="icon" aria-hidden />
        <p>
          <strong>{label}</strong>
          {data.status === 'ambiguous' && confusable !== null && (
            <>
              : also fits <bdi>{confusable.name}</bdi>
            </>
          )}
          {data.status !== 'ambiguous' && rank !== null && ` among ${bagSize} that look alike`}
          {words.length > 0 && (
            <span className="specificity-words">
              . Set apart by{' '}
              {words.map((word, index) => (
                <span key={word}>
                  {index > 0 && ', '}
                  <q dir="auto">{word}</q>
                </span>
              ))}
            </span>
          )}
        </p>
        {confusable !== null && (
          <Button
            size="small"
            variant="quiet"
            aria-expanded={isCompared}
            aria-controls={panel}
            onClick={() => {
              setCompared(!isCompared)
            }}
          >
            {isCompared ? 'Hide' : 'Compare'}
          </Button>
        )}
      </div>
      {confusable !== null && (
        <div id={panel}>
          {isCompared && (
            <div ref={bringIntoSight} className="specificity-pair">
              <Side image={image} caption="This picture" />
              <Side image={confusable} caption={confusable.name} />
            </div>
          )}
        </div>
      )}
    </section>
  )
}

function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

interface SideProps {
  readonly image: Pick<SettledImage, 'id' | 'hash'>
  readonly caption: string
}

function Side({ image, caption }: SideProps) {
  return (
    <figure>
      <img src={previewUrl(image, PREVIEW_PX)} alt="" />
      <figcaption dir="auto">{caption}</figcaption>
    </figure>
  )
}
