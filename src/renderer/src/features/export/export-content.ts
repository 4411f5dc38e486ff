import type { RecipeContent } from '../../../../shared/contract/recipes.ts'

const NO_STEPS: RecipeContent['subset'] = {
  seed: 0,
  nearDuplicates: 'keep',
  take: null,
  strata: null,
  balance: null,
  budget: null,
  split: null,
}

const FIRST_OPTIONS: RecipeContent['options'] = {
  text: 'caption-or-alt',
  roles: ['caption', 'alt', 'revision'],
  mix: { caption: 0.7, alt: 0.3, revision: 0 },
  seed: 0,
  sentences: null,
  tokens: null,
  prefix: '',
  shardImages: null,
  describe: null,
  images: 'copy',
  spreadsheetSafe: false,
  byteOrderMark: false,
}

/** What the screen shows before anything was chosen. */
export function firstContent(format: string, where: string): RecipeContent {
  return { format, where, subset: NO_STEPS, options: FIRST_OPTIONS }
}

/** Whether two contents export the same, whatever the order of their members. */
export function isSameContent(one: RecipeContent, other: RecipeContent): boolean {
  return inOrder(one) === inOrder(other)
}

function inOrder(content: RecipeContent): string {
  return JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : value,
  )
}
