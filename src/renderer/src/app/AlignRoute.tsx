import { useQuery } from '@tanstack/react-query'
import { Images } from 'lucide-react'
import { useEffect } from 'react'
import { Redirect } from 'wouter'
import type { ImageId } from '../../../shared/domain/ids.ts'
import { api } from '../api/client.ts'
import { useIsOwner } from '../api/use-is-owner.ts'
import { useRun } from '../commands/CommandProvider.tsx'
import { Button } from '../components/Button.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { AlignScreen } from '../features/align/AlignScreen.tsx'
import { recallImage, recallListing, rememberImage } from '../navigation/last-listing.ts'
import { alignPath, DEFAULT_LISTING } from '../navigation/listing.ts'
import { useListing } from '../navigation/use-listing.ts'

/** Opens the image of the address; without one, the last image, else the first that has work to do. */
export function AlignRoute({ imageIdText }: { readonly imageIdText: string | undefined }) {
  const imageId = parseImageId(imageIdText)
  useEffect(() => {
    if (imageId !== undefined) rememberImage(imageId)
  }, [imageId])
  if (imageId !== undefined) {
    return (
      <>
        <h1 className="visually-hidden">Align</h1>
        <AlignScreen imageId={imageId} />
      </>
    )
  }
  const last = recallImage()
  if (last === undefined) return <FirstImage />
  return <Redirect to={alignPath(last, recallListing() ?? DEFAULT_LISTING)} replace />
}

function FirstImage() {
  const run = useRun()
  const isOwner = useIsOwner()
  const { sort } = useListing()
  const todo = useQuery(
    api.library.page.queryOptions({
      input: { query: 'status:todo', sort, position: 0, limit: 1 },
    }),
  )
  const any = useQuery(
    api.library.page.queryOptions({
      input: { query: '', sort, position: 0, limit: 1 },
      enabled: todo.data?.total === 0,
    }),
  )
  const row = todo.data?.rows[0] ?? any.data?.rows[0]
  if (row !== undefined) {
    const query = todo.data?.rows[0] === undefined ? '' : 'status:todo'
    return <Redirect to={alignPath(row.id, { query, sort })} replace />
  }
  if (any.data === undefined) return null
  return (
    <EmptyState
      icon={Images}
      title="Nothing to align yet"
      actions={
        isOwner === true && (
          <Button variant="primary" onClick={() => run('app.goToImport')}>
            Import images
          </Button>
        )
      }
    >
      {isOwner === false
        ? 'Images appear here as soon as the person who invited you imports them.'
        : 'Import images with their alt-texts first.'}
    </EmptyState>
  )
}

function parseImageId(text: string | undefined): ImageId | undefined {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) return undefined
  // A checked row id of the URL: the one place where text becomes an image id.
  return Number(text) as ImageId
}
