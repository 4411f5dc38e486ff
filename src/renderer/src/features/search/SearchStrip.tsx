import { useQuery } from '@tanstack/react-query'
import { Minus, Plus, Sparkles, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { formatMeaning, type Meaning } from '../../../../shared/domain/query/meaning.ts'
import { DEFAULT_SORT } from '../../../../shared/domain/sort.ts'
import { api } from '../../api/client.ts'
import { thumbnailUrl } from '../../api/media-url.ts'
import { Button } from '../../components/Button.tsx'
import { formatCount } from '../../components/quantities.ts'
import { useSampleVectors, useVectors } from './use-vectors.ts'
import './Search.css'

interface SearchStripProps {
  readonly meaning: Meaning
  readonly onChange: (query: string) => void
  /** Other images have vectors than before, so the listing is another. */
  readonly onNewVectors: () => void
}

/** What a model is asked for, term by term, who answers, and how many images it knows. */
export function SearchStrip({ meaning, onChange, onNewVectors }: SearchStripProps) {
  const vectors = useVectors()
  useSampleVectors(vectors)
  const covered = vectors.status?.covered
  const tell = useEffectEvent(onNewVectors)
  useEffect(() => {
    if (covered !== undefined) tell()
  }, [covered])

  function change(next: Meaning): void {
    const isEmpty = next.texts.length === 0 && next.like.length === 0
    onChange(isEmpty ? next.rest : formatMeaning(next))
  }

  return (
    <section className="search-strip" aria-label="Search by meaning">
      <Sparkles className="icon" aria-hidden />
      <ul className="search-terms">
        {meaning.like.map((hash) => (
          <Term
            key={`like:${hash}`}
            label="a picture"
            onRemove={() => {
              change({ ...meaning, like: meaning.like.filter((other) => other !== hash) })
            }}
          >
            like <LikePicture hash={hash} />
          </Term>
        ))}
        {meaning.texts.map((text) => (
          <Term
            key={`sim:${text}`}
            label={text}
            onRemove={() => {
              change({ ...meaning, texts: meaning.texts.filter((other) => other !== text) })
            }}
          >
            <span dir="auto">{text}</span>
          </Term>
        ))}
        {meaning.minus.map((text) => (
          <Term
            key={`-sim:${text}`}
            label={`without ${text}`}
            onRemove={() => {
              change({ ...meaning, minus: meaning.minus.filter((other) => other !== text) })
            }}
          >
            without <span dir="auto">{text}</span>
          </Term>
        ))}
      </ul>
      <Refine
        onAdd={(text) => {
          change({ ...meaning, texts: [...meaning.texts.filter((one) => one !== text), text] })
        }}
        onLeaveOut={(text) => {
          change({ ...meaning, minus: [...meaning.minus.filter((one) => one !== text), text] })
        }}
      />
      <Coverage {...vectors} />
    </section>
  )
}

interface TermProps {
  readonly label: string
  readonly onRemove: () => void
  readonly children: ReactNode
}

function Term({ label, onRemove, children }: TermProps) {
  return (
    <li className="search-term">
      {children}
      <button type="button" aria-label={`Take away: ${label}`} onClick={onRemove}>
        <X className="icon" aria-hidden />
      </button>
    </li>
  )
}

function LikePicture({ hash }: { readonly hash: string }) {
  const found = useQuery(
    api.library.page.queryOptions({
      input: { query: `hash:${hash}`, sort: DEFAULT_SORT, position: 0, limit: 1 },
    }),
  )
  const row = found.data?.rows[0]
  if (row === undefined) return <code>{hash.slice(0, 8)}</code>
  return <img src={thumbnailUrl(row, 256)} alt={row.name} width={30} height={22} />
}

interface RefineProps {
  readonly onAdd: (text: string) => void
  readonly onLeaveOut: (text: string) => void
}

function Refine({ onAdd, onLeaveOut }: RefineProps) {
  const [text, setText] = useState('')
  const words = text.trim()
  function hand(to: (text: string) => void): void {
    if (words === '') return
    setText('')
    to(words)
  }
  return (
    <form
      className="search-refine"
      onSubmit={(event) => {
        event.preventDefault()
        hand(onAdd)
      }}
    >
      <input
        className="field-input"
        value={text}
        dir="auto"
        aria-label="Refine the search"
        placeholder="Refine: in snow"
        maxLength={1000}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
      <Button size="small" type="submit" icon={Plus} disabled={words === ''}>
        With
      </Button>
      <Button
        size="small"
        icon={Minus}
        disabled={words === ''}
        onClick={() => {
          hand(onLeaveOut)
        }}
      >
        Without
      </Button>
    </form>
  )
}

function Coverage({ status, job, canCompute, compute }: ReturnType<typeof useVectors>) {
  if (status === undefined) return null
  const { covered, total, pack } = status
  const isWhole = covered >= total
  const done = job === undefined ? covered : Math.max(covered, job.done + job.skipped)
  return (
    <p className="search-coverage">
      <span
        role="status"
        title={`The best 500 at most. Scores are cosines of ${pack.name}: compare them within one search only.`}
      >
        {isWhole
          ? `${pack.name}, ${formatCount(total)} images, best first`
          : `${formatCount(done)} of ${formatCount(total)} images have vectors${job === undefined ? ': the others cannot be found' : '; computing the rest'}`}
      </span>
      {!isWhole && job === undefined && canCompute && (
        <Button size="small" onClick={compute}>
          Compute the rest
        </Button>
      )}
    </p>
  )
}
