import { join } from 'node:path'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { storeSampleJudgements } from '../support/sample-judgements.ts'
import { expect, test } from './fixtures.ts'
import type { App } from './pages/app.ts'
import { findRow, waitForJobs } from './support/core.ts'
import { findFaults } from './support/find-faults.ts'
import { writeSamplePart } from './support/source.ts'

const NAME = 'scene-00005.jpg'
const LONG = 'A long red bus drives past an old stone church on a wet street. '.repeat(12).trimEnd()

interface State {
  readonly name: string
  /** Brings Align, with its sample image open, into the state. */
  readonly reach: (app: App) => Promise<void>
}

/** What stands on the screen at once while somebody works, one after the other. */
const STATES: readonly State[] = [
  {
    name: 'a mark with its evidence and actions',
    reach: async ({ align, press }) => {
      await press('F8')
      await expect(align.currentMark).toBeVisible()
      await press('ControlOrMeta+.')
      await expect(align.marks.getByRole('button').first()).toBeFocused()
      await press('Escape')
      await expect(align.editor).toBeFocused()
    },
  },
  {
    name: 'a question and a detail',
    reach: async ({ align, press, type }) => {
      await press('ControlOrMeta+a')
      await type('Some vegetables lie on a table.')
      await align.expectRead()
      await expect(align.fateQuestion).toBeVisible()
      await expect(align.details.getByRole('listitem').first()).toBeVisible()
    },
  },
  {
    name: 'who wrote each word',
    reach: async ({ align, press }) => {
      await press('Alt+w')
      await expect(align.sources).toBeVisible()
    },
  },
  {
    name: 'the words beyond the window',
    reach: async ({ align, page, press }) => {
      await press('Alt+w')
      await expect(align.sources).toBeHidden()
      await press('ControlOrMeta+a')
      await page.keyboard.insertText(LONG)
      await align.expectRead()
      await expect(align.beyond.first()).toBeVisible()
    },
  },
  {
    name: 'both texts side by side',
    reach: async ({ align, press }) => {
      await press('Alt+v')
      await expect(align.difference.getByRole('table')).toBeVisible()
    },
  },
]

let imageId: ImageId

test.beforeEach(async ({ folder, host, project }) => {
  const source = join(folder, 'source')
  await writeSamplePart(source, [NAME])
  await host.client.imports.start({ path: source })
  await waitForJobs(host.client)
  storeSampleJudgements(project.folder)
  imageId = (await findRow(host.client, NAME)).id
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`Align at work has no serious fault in ${colorScheme}`, async ({ app }) => {
    test.slow()
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await open(app)
    for (const { name, reach } of STATES) {
      await test.step(name, async () => {
        await reach(app)
        await expect.soft(findFaults(app.page), name).resolves.toEqual([])
      })
    }
  })
}

test.describe('at 200 %', () => {
  test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 })

  test('nothing that comes up while working sticks out at the side', async ({ app }) => {
    test.slow()
    // What is still coming up may stick out for a moment.
    const { poll } = expect.configure({ soft: true })
    await open(app)
    for (const { name, reach } of STATES) {
      await test.step(name, async () => {
        await reach(app)
        await poll(() => app.page.evaluate(findTooWide), name).toEqual([])
      })
    }
  })
})

/** Runs in the page: what is wider than the place it has. */
function findTooWide(): string[] {
  return [document.documentElement, ...document.querySelectorAll('.align-side')]
    .filter((element) => element.scrollWidth > element.clientWidth)
    .map((element) => element.className)
}

async function open(app: App): Promise<void> {
  await app.open(`/align/${imageId}`)
  await app.align.expectOpen({ name: NAME, text: /^Two bell peppers/ })
  await app.align.expectRead()
}
