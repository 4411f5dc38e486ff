import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Recipe, RecipeContent, RecipeVersion } from '../../../../shared/contract/recipes.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { isSameContent } from './export-content.ts'
import { formatDay } from './format-day.ts'

interface VersionsDialogProps {
  readonly isOpen: boolean
  readonly recipe: Recipe
  readonly content: RecipeContent
  readonly onClose: () => void
  readonly onUse: (content: RecipeContent) => void
}

/** All versions of a recipe, what differs between two of them, and the way back to one. */
export function VersionsDialog(props: VersionsDialogProps) {
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={`Versions of “${props.recipe.name}”`}
      description="Each save that changed something is a version; none is ever overwritten."
    >
      <Versions {...props} />
    </Dialog>
  )
}

/** What is in the form now, beside the numbers of versions. */
const FORM = 'form'

function Versions({ recipe, content, onClose, onUse }: VersionsDialogProps) {
  const versions = useQuery({
    ...api.recipes.versions.queryOptions({ input: { id: recipe.id } }),
    throwOnError: true,
  }).data
  const hasChanges = !isSameContent(recipe.content, content)
  const [before, setBefore] = useState(String(hasChanges ? recipe.version : recipe.version - 1))
  const [after, setAfter] = useState(hasChanges ? FORM : String(recipe.version))
  if (versions === undefined) return null
  const named = [
    ...(hasChanges ? [{ value: FORM, label: 'What the screen shows', content }] : []),
    ...versions.map((each) => ({
      value: String(each.version),
      label: `Version ${each.version}`,
      content: each.content,
    })),
  ]
  const old = named.find(({ value }) => value === before)
  const now = named.find(({ value }) => value === after)
  return (
    <div className="recipe-versions">
      <ul>
        {versions.map((version) => (
          <Version
            key={version.version}
            version={version}
            isShown={isSameContent(version.content, content)}
            onUse={() => {
              onUse(version.content)
              onClose()
            }}
          />
        ))}
      </ul>
      {named.length > 1 && (
        <>
          <div className="recipe-compared">
            <SelectField label="Compare" value={before} options={named} onChange={setBefore} />
            <SelectField label="with" value={after} options={named} onChange={setAfter} />
          </div>
          {old !== undefined && now !== undefined && (
            <Changes before={old.content} after={now.content} />
          )}
        </>
      )}
    </div>
  )
}

function Version({
  version,
  isShown,
  onUse,
}: {
  readonly version: RecipeVersion
  readonly isShown: boolean
  readonly onUse: () => void
}) {
  return (
    <li>
      <span>
        <strong>Version {version.version}</strong>
        <small>
          {version.author}, {formatDay(version.changedAt)}
        </small>
      </span>
      {isShown ? (
        <span className="recipe-shown">on the screen</span>
      ) : (
        <Button size="small" aria-label={`Show version ${version.version}`} onClick={onUse}>
          Show
        </Button>
      )}
    </li>
  )
}

function Changes({
  before,
  after,
}: {
  readonly before: RecipeContent
  readonly after: RecipeContent
}) {
  const changes = useQuery(api.recipes.diff.queryOptions({ input: { before, after } })).data
  if (changes === undefined) return null
  if (changes.length === 0) return <p className="recipe-same">They export the same.</p>
  return (
    <table className="recipe-changes" aria-label="Differences">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{change.field}</th>
            <td dir="auto">{change.before}</td>
            <td dir="auto">{change.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
