import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RecipeContent } from '../../../../shared/contract/recipes.ts'
import { parsePrefixTemplate } from '../../../../shared/domain/prefix-template.ts'
import { parseQuery } from '../../../../shared/domain/query/parser.ts'
import { api } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { Callout } from '../../components/Page.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useSettled } from '../../components/use-settled.ts'
import { ExportCheckPanel } from './ExportCheckPanel.tsx'
import { ExportPreviewPanel } from './ExportPreviewPanel.tsx'

/** Check and preview go through the whole subset, so they wait until nobody types. */
const PAUSE_MS = 350

/** What would be written: what is wrong with it, and its first rows. */
export function ExportOutlook({ request }: { readonly request: RecipeContent }) {
  const settled = useSettled(JSON.stringify(request), PAUSE_MS)
  const asked = JSON.parse(settled) as RecipeContent
  const isReadable =
    [asked.where, ...(asked.subset.strata?.queries ?? [])].every((text) => parseQuery(text).ok) &&
    parsePrefixTemplate(asked.options.prefix).ok
  return (
    <>
      {isReadable && <ExportCheckPanel request={asked} />}
      <Preview asked={asked} isReadable={isReadable} />
    </>
  )
}

function Preview({
  asked,
  isReadable,
}: {
  readonly asked: RecipeContent
  readonly isReadable: boolean
}) {
  const preview = useQuery({
    ...api.exports.preview.queryOptions({ input: asked }),
    enabled: isReadable,
    staleTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (preview.isError && isReadable) {
    const { title, text, advice } = describeError(preview.error)
    return (
      <Callout tone="error">
        <strong>{title}.</strong> {text} {advice}
      </Callout>
    )
  }
  if (preview.data === undefined) return <Skeleton height="220px" />
  return <ExportPreviewPanel preview={preview.data} isOld={preview.isPlaceholderData} />
}
