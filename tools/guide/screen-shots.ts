import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { SAMPLE } from './sample-work.ts'
import type { Scene, Shot } from './shot.ts'

export const SCREEN_SHOTS: readonly Shot[] = [
  { name: 'library', take: showLibrary },
  { name: 'library-dark', take: showTable, isDark: true },
  { name: 'query', take: showQuery },
  { name: 'edit-captions', take: showTextEdit },
  { name: 'import', take: showImport },
  { name: 'export', take: showExport },
  { name: 'jobs', take: showJobs },
  { name: 'models', take: showModels },
  { name: 'keys', take: showKeys },
  { name: 'review', take: showReview },
]

/** Taken last, because it starts a round, which all others would show. */
export const ROUNDS_SHOT: Shot = { name: 'rounds', take: showRounds }

async function showLibrary({ page }: Scene): Promise<readonly Locator[]> {
  await waitForPictures(page)
  for (const key of ['ArrowRight', 'Space', 'ArrowRight', 'Space', 'ArrowRight', 'Space']) {
    await page.keyboard.press(key)
  }
  await page.getByText('3 selected').waitFor()
  return []
}

async function showTable({ page, go }: Scene): Promise<readonly Locator[]> {
  await go('/library?q=status%3Aaccepted%2Csubmitted+tag%3Aanimals')
  await waitForPictures(page)
  await page.keyboard.press('l')
  await page.getByRole('columnheader', { name: 'Name' }).waitFor()
  await waitForPictures(page)
  return []
}

async function showQuery({ page, go }: Scene): Promise<readonly Locator[]> {
  await go('/library?q=status%3Atodo')
  await waitForPictures(page)
  await page.keyboard.press('/')
  await page.keyboard.press('End')
  await page.keyboard.type(' has:')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  return []
}

async function showTextEdit({ page, go }: Scene): Promise<readonly Locator[]> {
  await go('/library?q=caption%3A"background+shows"')
  await waitForPictures(page)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'Edit captions' })
  await dialog.getByRole('textbox', { name: 'Find' }).fill('The background shows')
  await dialog.getByRole('textbox', { name: 'Replace with' }).fill('Behind it is')
  await dialog.getByRole('listitem').first().waitFor()
  return []
}

async function showImport({ page, go }: Scene): Promise<readonly Locator[]> {
  await go(`/import?${new URLSearchParams({ path: join(SAMPLE, 'metadata.jsonl') }).toString()}`)
  await page.getByRole('region', { name: 'First rows of the table' }).waitFor()
  await showPath(page.getByRole('textbox', { name: 'Source' }), '~/scenes/metadata.jsonl')
  return []
}

async function showExport({ page, go }: Scene): Promise<readonly Locator[]> {
  await go('/export?q=status%3Aaccepted')
  await page.getByRole('region', { name: /^Start of/ }).waitFor()
  await page.getByRole('textbox', { name: 'Target folder' }).fill('~/exports/scenes-round-1')
  return []
}

async function showJobs({ page, go }: Scene): Promise<readonly Locator[]> {
  await go('/jobs')
  await page.getByRole('heading', { name: 'Make thumbnails' }).waitFor()
  return []
}

async function showModels({ page, go }: Scene): Promise<readonly Locator[]> {
  await go('/models')
  await page.getByRole('heading', { name: 'Installed' }).waitFor()
  await page.getByRole('listitem').first().waitFor()
  return []
}

async function showKeys({ page }: Scene): Promise<readonly Locator[]> {
  await waitForPictures(page)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  return []
}

async function showReview({ page, go }: Scene): Promise<readonly Locator[]> {
  await go('/review')
  const item = page.getByRole('region', { name: /, by / })
  await item.getByRole('button', { name: /^Return…/ }).click()
  await item.getByRole('textbox', { name: /^What should/ }).fill('Where do they stand?')
  await item.getByRole('textbox', { name: /^The words that it is about/ }).focus()
  await page.keyboard.press('ControlOrMeta+Home')
  for (let word = 0; word < 4; word += 1)
    await page.keyboard.press('Shift+ControlOrMeta+ArrowRight')
  await item.getByText(/^About/).waitFor()
  return []
}

async function showRounds({ page, go, work }: Scene): Promise<readonly Locator[]> {
  const options = { needsOtherPerson: true, sampleShare: 1, sampleSeed: 1, stopBelowEdit: null }
  await work.client.rounds.start({ name: 'Second eyes', options })
  await go('/rounds')
  await page.getByRole('heading', { name: '2. Second eyes' }).waitFor()
  await page.getByText('Names and numbers kept').first().waitFor()
  return []
}

async function waitForPictures(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Images' }).waitFor()
  await page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll<HTMLImageElement>('[role="grid"] img')].filter(
      (picture) => picture.checkVisibility(),
    )
    return pictures.length > 3 && pictures.every((picture) => picture.complete)
  })
}

/** Shows a path as a reader has one in place of this machine's, for the picture only. */
async function showPath(field: Locator, path: string): Promise<void> {
  await field.evaluate((element, shown) => {
    if (element instanceof HTMLInputElement) element.value = shown
  }, path)
}
