import { useMutation } from '@tanstack/react-query'
import { BookmarkPlus, Ellipsis, History, PencilLine, Save, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Recipe, RecipeContent } from '../../../../shared/contract/recipes.ts'
import { api, client } from '../../api/client.ts'
import { useCommandHandlers } from '../../commands/CommandProvider.tsx'
import { keysOf } from '../../commands/key-bindings.ts'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuItem } from '../../components/Menu.tsx'
import { Panel } from '../../components/Page.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { showNotice } from '../../notices/notice-store.ts'
import { reportError } from '../../notices/report-error.ts'
import { isSameContent } from './export-content.ts'
import { RecipeNameDialog } from './RecipeNameDialog.tsx'
import { VersionsDialog } from './VersionsDialog.tsx'

interface RecipePanelProps {
  readonly recipes: readonly Recipe[]
  /** The one that is worked on. */
  readonly recipe: Recipe | undefined
  readonly content: RecipeContent
  readonly canSave: boolean
  /** Another one was chosen, whose content is to be shown. */
  readonly onChoose: (recipe: Recipe | undefined) => void
  /** What is shown was saved, or renamed; it may have been changed since. */
  readonly onSaved: (recipe: Recipe) => void
  /** Puts another content into the form, the recipe staying chosen. */
  readonly onContent: (content: RecipeContent) => void
}

/** Which recipe is worked on, whether it is saved, and what can be done with it. */
export function RecipePanel(props: RecipePanelProps) {
  const { recipes, recipe, content, canSave, onChoose, onSaved } = props
  const [open, setOpen] = useState<'name' | 'rename' | 'versions' | null>(null)
  const isSaved = recipe !== undefined && isSameContent(recipe.content, content)
  const change = useMutation(
    api.recipes.change.mutationOptions({
      onSuccess: (changed) => {
        onSaved(changed)
        showNotice({
          tone: 'success',
          title: `Saved “${changed.name}” as version ${changed.version}.`,
        })
      },
      onError: reportError,
    }),
  )
  const remove = useMutation(
    api.recipes.remove.mutationOptions({
      onSuccess: (_, { id }) => {
        onChoose(undefined)
        offerBack(recipe, id)
      },
      onError: reportError,
    }),
  )

  function save(): void {
    if (recipe === undefined) setOpen('name')
    else if (!isSaved && !change.isPending) {
      change.mutate({ id: recipe.id, version: recipe.version, content })
    }
  }

  useCommandHandlers({
    'export.save': { isEnabled: () => canSave && !isSaved, run: save },
    'export.versions': {
      isEnabled: () => recipe !== undefined,
      run: () => {
        setOpen('versions')
      },
    },
  })
  const state =
    recipe === undefined
      ? 'Not saved as a recipe.'
      : isSaved
        ? `Version ${recipe.version}, saved.`
        : `Changed since version ${recipe.version}.`
  return (
    <Panel>
      <div className="recipe-bar">
        <SelectField
          label="Recipe"
          value={recipe === undefined ? '' : String(recipe.id)}
          options={[
            { value: '', label: recipes.length === 0 ? 'None saved yet' : 'None' },
            ...recipes.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(value) => {
            onChoose(recipes.find(({ id }) => String(id) === value))
          }}
        />
        <p className="recipe-state" role="status" aria-label="Recipe state">
          {state}
        </p>
        <div className="recipe-actions">
          <Button
            icon={recipe === undefined ? BookmarkPlus : Save}
            keys={keysOf('export.save')[0]}
            disabled={!canSave || isSaved}
            isBusy={change.isPending}
            onClick={save}
          >
            {recipe === undefined ? 'Save as recipe' : 'Save'}
          </Button>
          <Button
            icon={History}
            disabled={recipe === undefined}
            onClick={() => {
              setOpen('versions')
            }}
          >
            Versions
          </Button>
          <Menu align="end" trigger={<IconButton icon={Ellipsis} label="More of this recipe" />}>
            <MenuItem
              icon={BookmarkPlus}
              isDisabled={!canSave}
              onSelect={() => {
                setOpen('name')
              }}
            >
              Save as a new recipe
            </MenuItem>
            <MenuItem
              icon={PencilLine}
              isDisabled={recipe === undefined}
              onSelect={() => {
                setOpen('rename')
              }}
            >
              Rename
            </MenuItem>
            <MenuItem
              icon={Trash2}
              isDisabled={recipe === undefined}
              onSelect={() => {
                if (recipe !== undefined) remove.mutate({ id: recipe.id, version: recipe.version })
              }}
            >
              Delete
            </MenuItem>
          </Menu>
        </div>
      </div>
      <RecipeNameDialog
        wish={open === 'name' ? 'save' : open === 'rename' ? 'rename' : null}
        recipe={recipe}
        content={content}
        onClose={() => {
          setOpen(null)
        }}
        onDone={onSaved}
      />
      {recipe !== undefined && (
        <VersionsDialog
          isOpen={open === 'versions'}
          recipe={recipe}
          content={content}
          onClose={() => {
            setOpen(null)
          }}
          onUse={props.onContent}
        />
      )}
    </Panel>
  )
}

/** Deleting is one choice, so that it can be taken back with one. */
function offerBack(recipe: Recipe | undefined, id: Recipe['id']): void {
  showNotice({
    tone: 'success',
    title: `Deleted the recipe “${recipe?.name ?? ''}”.`,
    text: 'What it exported stays.',
    action: {
      label: 'Undo',
      run: () => {
        client.recipes.restore({ id }).catch(reportError)
      },
    },
  })
}
