import type { Locator, Page } from '@playwright/test'
import { findRow, importProposal, submitTo } from './sample-work.ts'
import type { Scene, Shot } from './shot.ts'

/** Tall enough for all that stands beside the picture. */
const TALL = 1500

export const ALIGN_SHOTS: readonly Shot[] = [
  { name: 'align', take: showAlign },
  { name: 'fates', take: showFates, height: TALL },
  { name: 'who-wrote', take: showWhoWrote, height: TALL },
  { name: 'proposal', take: showProposal, height: TALL },
  { name: 'conflict', take: showConflict, height: TALL },
]

/** In the middle of a caption: what became of the alt-texts, a mark with its place and reason, what is unsaid. */
async function showAlign(scene: Scene): Promise<readonly Locator[]> {
  const { page } = scene
  await openAlign(scene, 'scene-00171.jpg')
  await write(
    page,
    'A small brown donkey stands on the left of a motorcycle in a green meadow in Kyoto. Three kites float above two cows.',
  )
  await checked(page)
  await page.locator('.mark-unsupported').first().waitFor()
  await page.keyboard.press('F8')
  await page.locator('.evidence-unsupported').first().waitFor()
  return []
}

async function showFates(scene: Scene): Promise<readonly Locator[]> {
  const { page } = scene
  await openAlign(scene, 'scene-00094.jpg')
  await write(page, 'A small spotted cow stands between a ball and a blue bicycle.')
  const question = page.getByRole('group', { name: 'Why was it given up?' })
  await question.waitFor()
  await checked(page)
  return [section(page, 'Alt-texts'), section(page, 'Caption'), question]
}

async function showWhoWrote(scene: Scene): Promise<readonly Locator[]> {
  const { page, work } = scene
  const { id } = findRow(work, 'scene-00150.jpg')
  await submitTo(work.colleague, id, 'Two zebras stand right of a flamingo.')
  await submitTo(work.client, id, 'Two zebras stand on the grass, right of a pink flamingo.')
  await openAlign(scene, 'scene-00150.jpg')
  await page.keyboard.type(' Behind them are green hills.')
  await saved(page)
  await checked(page)
  await page.keyboard.press('Alt+w')
  await page.keyboard.press('Alt+v')
  await page.getByRole('list', { name: 'Who wrote the words' }).waitFor()
  const difference = page.getByRole('region', { name: /^Difference to/ })
  await difference.waitFor()
  return [section(page, 'Caption'), difference, section(page, 'Rounds')]
}

async function showProposal(scene: Scene): Promise<readonly Locator[]> {
  const { page, work } = scene
  await importProposal(
    work,
    'scene-00185.jpg',
    'A brown camel stands on a sandy beach by the sea. There is a rainbow in the sky. A baseball lies below it.',
  )
  await openAlign(scene, 'scene-00185.jpg')
  await write(page, 'A camel stands on a sandy beach. There is a rainbow in the sky.')
  await page.keyboard.press('Alt+l')
  await page.getByText(/^Change 1 of \d+$/).waitFor()
  return [section(page, 'Proposals')]
}

async function showConflict(scene: Scene): Promise<readonly Locator[]> {
  const { page, work } = scene
  const { id } = findRow(work, 'scene-00238.jpg')
  await submitTo(
    work.client,
    id,
    'Two schools stand in the street. A stop sign stands beside the schools.',
  )
  await openAlign(scene, 'scene-00238.jpg')
  await write(
    page,
    'Two yellow schools stand in the street. A red stop sign stands beside the schools.',
  )
  await page.context().setOffline(true)
  await page.keyboard.type(' An airplane is above it.')
  await page.getByText('Not saved, retrying').waitFor()
  await submitTo(
    work.colleague,
    id,
    'Two schools stand in a city street. A round stop sign stands beside the schools.',
  )
  await page.context().setOffline(false)
  const conflict = page.getByRole('alert', { name: 'Two texts' })
  await conflict.waitFor()
  await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor({ state: 'hidden' })
  return [conflict]
}

async function openAlign({ page, go, work }: Scene, name: string): Promise<void> {
  await go(`/align/${findRow(work, name).id}`)
  await page.getByRole('region', { name: 'Picture' }).getByText(name).first().waitFor()
  // In so tall a window the editor would be tall, too, and mostly empty.
  if (page.viewportSize()?.height === TALL) {
    await page.addStyleTag({ content: '.side-section { --editor-height: 130px !important }' })
  }
  await page.getByRole('textbox', { name: 'Caption' }).press('ControlOrMeta+End')
}

/** Writes a caption in the place of the open one, and waits until it is stored and read. */
async function write(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
  await saved(page)
}

async function saved(page: Page): Promise<void> {
  await page.getByRole('banner').getByText('Saved', { exact: true }).waitFor()
  await page.locator('.fate').first().waitFor()
  await page.getByText('Reading the caption').waitFor({ state: 'hidden' })
}

/** The picture was looked at, and what was found is shown. */
async function checked(page: Page): Promise<void> {
  await page.getByText('Checked against the picture.').waitFor()
}

function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true })
}
