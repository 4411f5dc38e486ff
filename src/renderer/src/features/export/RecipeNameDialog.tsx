import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Recipe, RecipeContent } from '../../../../shared/contract/recipes.ts'
import { api } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/TextField.tsx'
import { showNotice } from '../../notices/notice-store.ts'

interface RecipeNameDialogProps {
  /** Null while it is closed. */
  readonly wish: 'save' | 'rename' | null
  readonly recipe: Recipe | undefined
  readonly content: RecipeContent
  readonly onClose: () => void
  readonly onDone: (recipe: Recipe) => void
}

/** Asks what a recipe is to be called. */
export function RecipeNameDialog(props: RecipeNameDialogProps) {
  const { wish, recipe, onClose } = props
  const isRename = wish === 'rename' && recipe !== undefined
  return (
    <Dialog
      isOpen={wish !== null}
      onClose={onClose}
      size="small"
      title={isRename ? `Rename “${recipe.name}”` : 'Save as a recipe'}
      description={
        isRename
          ? 'Its versions and past exports stay.'
          : 'A recipe holds the query, all steps, the texts and the format. The same data gives the same bytes.'
      }
    >
      <NameForm {...props} renamed={isRename ? recipe : undefined} />
    </Dialog>
  )
}

function NameForm({
  content,
  renamed,
  onClose,
  onDone,
}: RecipeNameDialogProps & { readonly renamed: Recipe | undefined }) {
  const [text, setText] = useState(renamed?.name ?? '')
  const name = text.trim()
  const done = (recipe: Recipe): void => {
    showNotice({ tone: 'success', title: `Saved as “${recipe.name}”.` })
    onDone(recipe)
    onClose()
  }
  const create = useMutation(api.recipes.create.mutationOptions({ onSuccess: done }))
  const rename = useMutation(api.recipes.rename.mutationOptions({ onSuccess: done }))
  const failure = create.error ?? rename.error
  const isPending = create.isPending || rename.isPending
  return (
    <form
      className="recipe-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name === '' || isPending) return
        if (renamed === undefined) create.mutate({ name, content })
        else rename.mutate({ id: renamed.id, name })
      }}
    >
      <TextField
        label="Name"
        value={text}
        maxLength={100}
        data-autofocus
        error={failure === null ? undefined : describeError(failure).text}
        onChange={setText}
      />
      <div className="recipe-form-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={name === '' || isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}
