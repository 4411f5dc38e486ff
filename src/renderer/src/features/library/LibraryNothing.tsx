import { CircleAlert, ImagePlus, SearchX } from 'lucide-react'
import { describeError, findQueryMistake } from '../../api/describe-error.ts'
import { useIsOwner } from '../../api/use-is-owner.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { libraryPages } from './library-pages.ts'

interface LibraryNothingProps {
  readonly total: number | undefined
  readonly error: unknown
  readonly isFiltered: boolean
}

/** What the library says instead of images: nothing imported, nothing matches, or it failed. */
export function LibraryNothing({ total, error, isFiltered }: LibraryNothingProps) {
  const run = useRun()
  const isGuest = useIsOwner() === false
  const isMistake = findQueryMistake(error) !== undefined
  if (error !== undefined && !isMistake && total === undefined) return <Failure error={error} />
  if (isMistake && total === undefined) {
    return (
      <div className="library-nothing">
        <EmptyState icon={SearchX} title="The query cannot be read yet">
          <p>The marked part says why.</p>
        </EmptyState>
      </div>
    )
  }
  if (total !== 0) return null
  return (
    <div className="library-nothing">
      {!isFiltered && isGuest ? (
        <EmptyState icon={ImagePlus} title="No images yet">
          <p>They appear here as soon as the person who invited you imports them.</p>
        </EmptyState>
      ) : isFiltered ? (
        <EmptyState
          icon={SearchX}
          title="No image matches"
          actions={
            <Button variant="primary" onClick={() => run('library.clearQuery')}>
              Clear the query
            </Button>
          }
        >
          <p>All images are still there. Loosen the query, or clear it.</p>
        </EmptyState>
      ) : (
        <EmptyState icon={ImagePlus} title="Bring in your images" actions={<WaysIn />}>
          <p>
            A folder with text files beside the pictures, a CSV, TSV or JSONL table, or a Hugging
            Face image folder. Your files are only read, never changed.
          </p>
        </EmptyState>
      )}
    </div>
  )
}

function WaysIn() {
  const run = useRun()
  return (
    <>
      <Button variant="primary" size="large" onClick={() => run('app.goToImport')}>
        Import images
      </Button>
      <Button size="large" onClick={() => run('app.openSample')}>
        Look at the sample project
      </Button>
    </>
  )
}

function Failure({ error }: { readonly error: unknown }) {
  const { title, text, advice } = describeError(error)
  return (
    <div className="library-nothing">
      <EmptyState
        icon={CircleAlert}
        tone="error"
        title={title}
        actions={
          <Button
            variant="primary"
            onClick={() => {
              libraryPages.refresh()
            }}
          >
            Try again
          </Button>
        }
      >
        {text !== '' && <p>{text}</p>}
        <p>{advice}</p>
      </EmptyState>
    </div>
  )
}
