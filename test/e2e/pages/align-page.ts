import { expect, type Locator, type Page } from '@playwright/test'
import type { Fate } from '../../../src/shared/domain/fate.ts'

export interface AlignPage {
  readonly picture: Locator
  readonly editor: Locator
  readonly saveState: Locator
  readonly altTexts: Locator
  readonly difference: Locator
  readonly rounds: Locator
  readonly conflict: Locator
  readonly proposals: Locator
  /** The open proposal against the caption. */
  readonly desk: Locator
  /** The names of who wrote the words, with their shares. */
  readonly sources: Locator
  /** The marks of the caption: the one at the caret, else how many there are. */
  readonly marks: Locator
  readonly currentMark: Locator
  readonly noMarks: Locator
  /** What is marked in the caption. */
  readonly drawnMarks: Locator
  readonly details: Locator
  /** Words of the alt-texts that met this fate. */
  readonly fates: (fate: Fate) => Locator
  readonly fateLegend: Locator
  readonly fateQuestion: Locator
  readonly budget: Locator
  /** What falls off the window of the trainer. */
  readonly beyond: Locator
  /** What was said to a screen reader last. */
  readonly said: Locator
  readonly status: Locator
  readonly place: Locator
  readonly strip: Locator
  /** Waits for an image to be open: its name over the picture and its text in the editor, which takes keys now. */
  readonly expectOpen: (image: {
    readonly name: string | RegExp
    readonly text: string | RegExp
  }) => Promise<void>
  /** Waits until the marks are those of the text as it is. */
  readonly expectRead: () => Promise<void>
  /** Waits until what was typed is on the disk. */
  readonly expectSaved: () => Promise<void>
  /** The image that the address names. */
  readonly imageId: () => Promise<number>
}

export function createAlignPage(page: Page): AlignPage {
  const editor = page.getByRole('textbox', { name: 'Caption' })
  const picture = page.getByRole('region', { name: 'Picture' })
  const marks = page.getByRole('group', { name: 'Marks' })
  const altTexts = page.getByRole('region', { name: 'Alt-texts' })
  const saveState = page
    .getByRole('banner')
    .getByRole('status')
    .filter({ hasText: /Saved|Saving|Not saved|Two texts/ })
  return {
    picture,
    editor,
    saveState,
    altTexts,
    difference: page.getByRole('region', { name: /^Difference to/ }),
    rounds: page.getByRole('region', { name: 'Rounds' }),
    conflict: page.getByRole('alert', { name: 'Two texts' }),
    proposals: page.getByRole('region', { name: 'Proposals' }),
    desk: page.getByRole('textbox', { name: /^Proposal/ }),
    sources: page.getByRole('list', { name: 'Who wrote the words' }),
    marks,
    currentMark: marks.locator('[data-look]'),
    noMarks: marks.getByText('No marks'),
    drawnMarks: editor.locator(
      '.mark-error, .mark-warning, .mark-hint, .mark-unsupported, .mark-unsure',
    ),
    details: page.getByRole('region', { name: 'Seen and unsaid' }),
    fates: (fate) => altTexts.locator(`.anchor-text .fate-${fate}`),
    fateLegend: altTexts.getByRole('group', { name: 'What became of the alt-text' }),
    fateQuestion: page.getByRole('group', { name: 'Why was it given up?' }),
    budget: page.locator('.budget'),
    beyond: editor.locator('.mark-beyond'),
    said: page.locator('.align > [role="status"]'),
    status: page.getByRole('button', { name: /^Status:/ }),
    place: page.getByRole('progressbar', { name: 'Place in the walk' }),
    strip: page.getByRole('list', { name: 'Images around this one' }),
    expectOpen: async ({ name, text }) => {
      await expect(picture.getByText(name).first()).toBeVisible()
      await expect(editor).toHaveText(text)
      await expect(editor).not.toHaveAttribute('aria-busy', 'true')
    },
    expectRead: async () => {
      await expect(marks).not.toContainText('Reading')
      await expect(marks).toHaveAttribute('aria-busy', 'false')
    },
    expectSaved: () => expect(saveState).toHaveText('Saved'),
    imageId: async () => {
      const path = await page.evaluate(() => window.location.pathname)
      return Number(/^\/align\/(\d+)$/.exec(path)?.[1])
    },
  }
}
