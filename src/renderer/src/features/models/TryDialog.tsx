import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LibraryRow } from '../../../../shared/contract/library.ts'
import type { InstalledPackInfo, PackTrial } from '../../../../shared/contract/models.ts'
import { DEFAULT_SORT } from '../../../../shared/domain/sort.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { previewUrl, thumbnailUrl } from '../../api/media-url.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Callout } from '../../components/Page.tsx'
import { TextField } from '../../components/TextField.tsx'

interface TryDialogProps {
  readonly pack: InstalledPackInfo
  readonly onClose: () => void
}

const SHOWN_IMAGES = 10
const MAX_PHRASES = 16

/** What the model makes of one image, of phrases where it is an encoder. Nothing is stored. */
export function TryDialog({ pack, onClose }: TryDialogProps) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<LibraryRow>()
  const [text, setText] = useState('')
  const [trial, setTrial] = useState<PackTrial>()
  const [failure, setFailure] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const found = useQuery({
    ...api.library.page.queryOptions({
      input: { query: query.trim(), sort: DEFAULT_SORT, position: 0, limit: SHOWN_IMAGES },
    }),
    retry: false,
  })
  const rows = (found.data?.rows ?? []).filter((row) => row.problem === null)
  const image = chosen ?? rows[0]
  const isEncoder = pack.task === 'dual-encoder'
  const phrases = [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)

  async function score(): Promise<void> {
    if (image === undefined) return
    setBusy(true)
    setFailure(undefined)
    try {
      const { id, revision } = pack
      setTrial(await client.models.tryOn({ id, revision, imageId: image.id, phrases }))
    } catch (error) {
      setFailure(error)
    }
    setBusy(false)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Try ${pack.name}`}
      description={`${isEncoder ? 'Phrases against one image' : 'What it finds in one image'}. Nothing is stored.`}
      size="large"
      footer={
        <Button
          variant="primary"
          isBusy={isBusy}
          disabled={
            image === undefined ||
            (isEncoder && phrases.length === 0) ||
            phrases.length > MAX_PHRASES
          }
          onClick={() => void score()}
        >
          {isEncoder ? 'Score' : 'Look'}
        </Button>
      }
    >
      <div className="try">
        <div className="try-image">
          {image !== undefined && <img src={previewUrl(image, 800)} alt={image.name} />}
          <TextField
            label="Find an image"
            value={query}
            placeholder="name:scene or any query"
            error={found.isError ? describeError(found.error).text : undefined}
            onChange={(next) => {
              setQuery(next)
              setChosen(undefined)
            }}
          />
          <div className="try-choices" role="group" aria-label="Images">
            {rows.map((row) => (
              <button
                key={row.id}
                type="button"
                aria-label={row.name}
                aria-pressed={row.id === image?.id}
                onClick={() => {
                  setChosen(row)
                  setTrial(undefined)
                }}
              >
                <img src={thumbnailUrl(row, 256)} alt="" />
              </button>
            ))}
          </div>
        </div>
        <div className="try-phrases">
          {isEncoder && (
            <label className="field">
              <span>Phrases, one a line</span>
              <textarea
                className="field-input"
                rows={5}
                dir="auto"
                value={text}
                placeholder={'a red bus\ntwo dogs in snow'}
                onChange={(event) => {
                  setText(event.target.value)
                }}
              />
            </label>
          )}
          {phrases.length > MAX_PHRASES && <p>At most {MAX_PHRASES} phrases at a time.</p>}
          {failure !== undefined && <Callout tone="error">{describeError(failure).text}</Callout>}
          {trial !== undefined &&
            (isEncoder ? <Scores trial={trial} /> : <Found found={trial.found} />)}
        </div>
      </div>
    </Dialog>
  )
}

/** In the order of the model: the surest thing first, lines as they are read. */
function Found({ found }: { readonly found: PackTrial['found'] }) {
  if (found.length === 0) return <p role="status">It found nothing in this image.</p>
  return (
    <table className="try-scores">
      <thead>
        <tr>
          <th scope="col">Found</th>
          <th scope="col">Sure</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ text, score }, index) => (
          <tr key={index}>
            <td dir="auto">{text}</td>
            <td className="numeric">{Math.round(score * 100)} %</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Best first. The bars run from the worst to the best of this list, because cosines of models differ in range. */
function Scores({ trial }: { readonly trial: PackTrial }) {
  const sorted = trial.phrases.toSorted((left, right) => right.score - left.score)
  const scores = sorted.map((phrase) => phrase.score)
  const low = Math.min(0, ...scores)
  const range = Math.max(...scores) - low || 1
  return (
    <table className="try-scores">
      <caption>Scores are cosines: compare them within this list only.</caption>
      <thead>
        <tr>
          <th scope="col">Phrase</th>
          <th scope="col">Score</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ text, score, isCut }) => (
          <tr key={text}>
            <td dir="auto">
              {text}
              {isCut && ' (its end was not read: too long for this model)'}
              <span className="try-bar" aria-hidden>
                <span style={{ transform: `scaleX(${(score - low) / range})` }} />
              </span>
            </td>
            <td className="numeric">{score.toFixed(3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
