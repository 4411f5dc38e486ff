import { join } from 'node:path'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import { buildSyntheticProject } from '../../tools/bench/synthetic-project.ts'
import { expect, test as base } from './fixtures.ts'
import type { LibraryPage } from './pages/library-page.ts'

const COUNT = 100_000

const test = base.extend<{ readonly largeProject: string }>({
  // The made-up images have no files, so their pictures cannot come.
  expectedFaults: [/Failed to load resource.*\/media\//],
  largeProject: [
    async ({ folder }, use) => {
      const path = join(folder, 'project')
      buildSyntheticProject({ path, images: COUNT, seed: 7 })
      await use(path)
    },
    // Writing it takes 20 s of a processor, which are no part of what is tested.
    { timeout: 180_000 },
  ],
})

test('a library of 100,000 images can be gone through to its end', async ({
  appOn,
  largeProject,
  launch,
}) => {
  test.slow()
  const host = await launch({ project: largeProject })
  await host.client.settings.set({ libraryLayout: 'table' })
  const app = appOn(host)
  const { library } = app
  await app.open()
  await library.expectOpen('100,000 images')
  await expectRightRows(library, host.client)

  await test.step('by keyboard', async () => {
    await app.press('End')
    await expect(library.statusBar).toContainText('100,000 of 100,000')
    await expectRightRows(library, host.client)
    for (let page = 0; page < 20; page += 1) await app.press('PageUp')
    await expectRightRows(library, host.client)
    await app.press('Home')
    await expect(library.statusBar).toContainText(/\b1 of 100,000/)
    await expectRightRows(library, host.client)
    await app.press('Shift+PageDown')
    await expect(library.selectedCount).toHaveText(/\d+ selected/)
  })

  await test.step('by the scroll bar and the wheel', async () => {
    for (const share of [0.5, 0.93, 0.02, 1, 0.31]) {
      await library.scrollTo(share)
      await expectRightRows(library, host.client)
    }
    await library.grid.hover()
    for (let turn = 0; turn < 12; turn += 1) await app.page.mouse.wheel(0, 900)
    await expectRightRows(library, host.client)
    await library.scrollTo(0)
    await expectRightRows(library, host.client)
  })

  await test.step('with nothing in lines whose rows are on their way', async () => {
    const answered = Promise.withResolvers<undefined>()
    await app.page.route('**/rpc/library/page', async (route) => {
      await answered.promise
      await route.fallback().catch(() => {
        // The grid has given this page up meanwhile.
      })
    })
    await library.scrollTo(0.77)
    await expect(async () => {
      const { lines, uncoveredPx } = await library.readLines()
      expect(uncoveredPx).toBeLessThan(2)
      expect(lines[0]?.position).toBeGreaterThan(COUNT / 2)
      expect(lines.map((line) => line.name)).toEqual(lines.map(() => ''))
    }).toPass({ timeout: 20_000 })
    answered.resolve(undefined)
    await expectRightRows(library, host.client)
    await app.page.unroute('**/rpc/library/page')
  })

  await test.step('as tiles', async () => {
    await library.grid.focus()
    await app.press('Escape')
    await app.press('g')
    await expect(library.columnHeader('Name')).toHaveCount(0)
    await app.press('End')
    await expect(library.statusBar).toContainText('100,000 of 100,000')
    const { rows } = await host.client.library.page({
      query: '',
      sort: DEFAULT_SORT,
      position: COUNT - 1,
      limit: 1,
    })
    await expect(library.active).toContainText(rows[0]?.text.slice(0, 20) ?? '')
    await expect(library.active).toBeInViewport()
  })
})

/** Every line in view shows the image of its place, and the lines fill the view. */
async function expectRightRows(library: LibraryPage, client: Client): Promise<void> {
  await expect(async () => {
    const { lines, uncoveredPx } = await library.readLines()
    expect(uncoveredPx).toBeLessThan(2)
    const [first] = lines
    if (first === undefined) throw new Error('No line is in view.')
    const { rows } = await client.library.page({
      query: '',
      sort: DEFAULT_SORT,
      position: first.position,
      limit: lines.length,
    })
    expect(lines.map((line) => line.name)).toEqual(rows.map((row) => row.name))
  }).toPass({ timeout: 20_000 })
}
