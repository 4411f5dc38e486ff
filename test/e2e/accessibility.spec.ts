import { expect, test } from './fixtures.ts'
import type { App, Screen } from './pages/app.ts'
import { findFaults } from './support/find-faults.ts'
import { numberedImages } from './support/source.ts'

interface Visit {
  readonly name: string
  readonly visit: (app: App) => Promise<void>
  /** Undoes what would meet the visits after it. */
  readonly leave?: (app: App) => Promise<void>
}

/** Each screen as it looks in use, one after the other in one window. */
const VISITS: readonly Visit[] = [
  {
    name: 'library',
    visit: async (app) => {
      await openLibrary(app)
      await app.press('Space')
      await expect(app.library.selectedCount).toHaveText('1 selected')
    },
  },
  {
    name: 'library as a table',
    visit: async (app) => {
      await openLibrary(app)
      await app.press('l')
      await expect(app.library.row('scene-001.png')).toBeVisible()
    },
    leave: async (app) => {
      await app.press('g')
      await expect(app.library.cells).toHaveCount(8)
    },
  },
  {
    name: 'align',
    visit: async (app) => {
      await openLibrary(app)
      await app.press('Enter')
      await app.align.expectOpen({ name: 'scene-001.png', text: /^picture number 001/ })
      await app.press('ControlOrMeta+End')
      await app.type(' too')
      await expect(app.align.difference).toBeVisible()
      await app.align.expectSaved()
    },
  },
  {
    name: 'review',
    visit: async (app) => {
      await app.open('/review')
      await app.review.expectShown({
        name: 'scene-001.png',
        text: 'picture number 001, in colour',
      })
    },
  },
  {
    name: 'return',
    visit: async (app) => {
      await app.press('Alt+r')
      await expect(app.review.remark).toBeFocused()
      await app.press('Tab')
      await app.press('ControlOrMeta+a')
      await expect(app.review.quote).toBeVisible()
    },
  },
  {
    name: 'correction',
    visit: async (app) => {
      await app.press('Escape')
      await expect(app.review.item).toBeFocused()
      await app.press('e')
      await expect(app.review.correction).toBeFocused()
    },
  },
  {
    name: 'rounds',
    visit: async (app) => {
      await app.open('/rounds')
      await expect(app.rounds.guideline(1)).toContainText('Say the colour.')
    },
  },
  {
    name: 'round settings',
    visit: async (app) => {
      await app.rounds.settingsOf(1).click()
      await expect(app.rounds.settingsDialog).toBeVisible()
    },
  },
  {
    name: 'start of a round',
    visit: async (app) => {
      await app.press('Escape')
      await expect(app.rounds.settingsDialog).toBeHidden()
      await app.rounds.start.click()
      await expect(app.rounds.startDialog).toContainText('would take part')
    },
  },
  {
    name: 'guideline',
    visit: async (app) => {
      await app.press('Escape')
      await expect(app.rounds.startDialog).toBeHidden()
      await app.rounds.editGuideline(1).click()
      await expect(app.rounds.markdown).toBeFocused()
    },
  },
  {
    name: 'batch edit',
    visit: async (app) => {
      await openLibrary(app)
      await app.press('ControlOrMeta+a')
      await app.press('c')
      await expect(app.textEdit.find).toBeFocused()
      await app.type('colour')
      await expect(app.textEdit.samples).toHaveCount(1)
    },
  },
  {
    name: 'import',
    visit: async (app) => {
      await app.open('/import')
      await expect(app.import.source).toBeVisible()
    },
  },
  {
    name: 'export',
    visit: async (app) => {
      await app.open('/export')
      await expect(app.export.preview).toBeVisible()
    },
  },
  {
    name: 'export of a subset',
    visit: async (app) => {
      await app.open('/export')
      // These texts name nothing that can be seen, so the list is typed.
      await app.export.thinOut.check()
      await app.export.concepts.fill('picture')
      await expect(app.export.conceptRow('picture')).toContainText('8')
      await expect(app.export.preview).toBeVisible()
    },
  },
  {
    name: 'insights',
    visit: async (app) => {
      await app.open('/insights')
      await expect(
        app.main.getByRole('button', { name: 'Length of alt-texts as a table' }),
      ).toBeVisible()
    },
  },
  {
    name: 'image quality',
    visit: async (app) => {
      await app.open('/insights/quality')
      await expect(app.main.getByRole('slider', { name: 'Too dark: limit' })).toBeVisible()
      await expect(app.main.getByText('Just stay').first()).toBeVisible()
    },
  },
  {
    name: 'jobs',
    visit: async (app) => {
      await app.open('/jobs')
      await expect(app.jobs.job('Make thumbnails')).toBeVisible()
    },
  },
  {
    name: 'settings',
    visit: async (app) => {
      await app.open('/settings')
      await expect(app.settings.name).toBeVisible()
    },
  },
  {
    name: 'key map',
    visit: async (app) => {
      await app.settings.findCommand.fill('align')
      await app.settings.keysOf('Next image').click()
      await expect(app.settings.keysOf('Next image')).toContainText('Press the keys')
      await app.press('Alt+ArrowUp')
      await expect(app.settings.conflictWarning).toBeVisible()
      await app.settings.keysOf('Undo').click()
      await expect(app.settings.keysOf('Undo')).toContainText('Press the keys')
    },
  },
  {
    name: 'invitation',
    visit: async (app) => {
      await app.settings.resetKeys.click()
      await app.settings.inviteName.fill('Ann')
      await app.settings.makeLink.click()
      await expect(app.settings.link('Ann')).toBeVisible()
      const row = app.settings.person('Ann')
      await row.getByRole('button', { name: 'Take back the link of Ann' }).click()
      await row.getByRole('button', { name: 'Really take back the link of Ann' }).click()
      await expect(row).toHaveCount(0)
    },
  },
  {
    name: 'checks',
    visit: async (app) => {
      await app.open('/checks')
      await expect(app.main.getByRole('button', { name: 'Go to Models' })).toBeVisible()
    },
  },
  {
    name: 'projects',
    visit: async (app) => {
      await app.open('/projects')
      await expect(app.main.getByRole('textbox', { name: 'Project folder' })).toBeVisible()
    },
  },
  {
    name: 'palette',
    visit: async (app) => {
      await app.open('/jobs')
      await expect(app.jobs.job('Make thumbnails')).toBeVisible()
      await app.press('ControlOrMeta+k')
      await expect(app.palette).toBeVisible()
    },
  },
  {
    name: 'keys',
    visit: async (app) => {
      await openLibrary(app)
      await app.press('?')
      await expect(app.keysDialog).toBeVisible()
    },
  },
]

test.beforeEach(async ({ host, project }) => {
  const [first, second, third] = await project.fill(numberedImages(8))
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error('The project stayed empty.')
  }
  await host.client.align.submit({
    imageId: first.id,
    baseRevisionId: null,
    text: 'picture number 001, in colour',
  })
  await host.client.align.submit({
    ...{ imageId: third.id, baseRevisionId: null, text: 'picture number 003, in colour' },
  })
  await host.client.rounds.saveGuideline({
    ...{ round: 1, baseVersion: 0, markdown: '# Colours\n\nSay the colour.\n\n> `red`' },
  })
  await host.client.library.setTag({
    selection: { kind: 'ids', ids: [second.id] },
    tag: 'night',
    on: true,
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no screen has a serious fault in ${colorScheme}`, async ({ app }) => {
    test.setTimeout(480_000)
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const { name, visit, leave } of VISITS) {
      await test.step(name, async () => {
        await visit(app)
        await expect.soft(findFaults(app.page), name).resolves.toEqual([])
        await leave?.(app)
      })
    }
  })
}

test('every screen is reached by keyboard', async ({ app }) => {
  await openLibrary(app)
  const screens: readonly (readonly [string, Screen])[] = [
    ['ControlOrMeta+3', 'Import'],
    ['ControlOrMeta+4', 'Export'],
    ['ControlOrMeta+5', 'Jobs'],
    ['ControlOrMeta+6', 'Review'],
    ['ControlOrMeta+7', 'Rounds'],
    ['ControlOrMeta+,', 'Settings'],
    ['ControlOrMeta+1', 'Library'],
    ['ControlOrMeta+2', 'Align'],
  ]
  for (const [keys, screen] of screens) {
    await app.press(keys)
    await expect(app.screenButton(screen)).toHaveAttribute('aria-current', 'page')
  }
  await app.align.expectOpen({ name: 'scene-002.png', text: 'picture number 002' })

  await app.press('ControlOrMeta+k')
  await expect(app.paletteInput).toBeFocused()
  await app.type('jobs')
  await app.press('Enter')
  await expect(app.palette).toBeHidden()
  await expect(app.screenButton('Jobs')).toHaveAttribute('aria-current', 'page')
})

test('the focus can always be seen', async ({ app }) => {
  test.slow()
  // A look that fades in is not there yet when it is looked at.
  await app.page.emulateMedia({ reducedMotion: 'reduce' })
  const paths = ['library', 'review', 'rounds', 'import', 'export', 'jobs', 'settings', 'projects']
  for (const path of paths.map((name) => `/${name}`)) {
    await app.open(path)
    await expect(app.main.getByRole('heading').first()).toBeVisible()
    await app.page.locator('body').focus()
    for (let stop = 0; stop < 30; stop += 1) {
      await app.press('Tab')
      const { name, isBody, isSeen } = await app.page.evaluate(describeFocus)
      if (isBody) break
      expect.soft(isSeen, `${path}: the focus on ${name}`).toBe(true)
    }
  }
})

test.describe('at 200 %', () => {
  test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 })

  test('no screen has to be scrolled sideways', async ({ app }) => {
    test.setTimeout(480_000)
    // What is still coming up may stick out for a moment.
    const { poll } = expect.configure({ soft: true })
    for (const { name, visit, leave } of VISITS) {
      await test.step(name, async () => {
        await visit(app)
        await poll(() => app.page.evaluate(findCutParts), name).toEqual([])
        await leave?.(app)
      })
    }
  })
})

/** The count of the images is left out of a narrow window. */
async function openLibrary(app: App): Promise<void> {
  await app.open()
  await expect(app.library.cells).toHaveCount(8)
  await expect(app.library.grid).toBeFocused()
}

/** Runs in the page: whether the element with the focus looks different from how it looks without. */
function describeFocus(): { name: string; isBody: boolean; isSeen: boolean } {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) {
    return { name: 'body', isBody: true, isSeen: true }
  }
  const look = (): string => {
    const chain: string[] = []
    for (
      let current: HTMLElement | null = element;
      current !== null && chain.length < 3;
      current = current.parentElement
    ) {
      for (const pseudo of [null, '::before', '::after']) {
        const style = getComputedStyle(current, pseudo)
        chain.push(
          [style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join(' '),
        )
      }
    }
    const active = element.getAttribute('aria-activedescendant')
    const inner = active === null ? null : document.getElementById(active)
    if (inner !== null)
      chain.push(getComputedStyle(inner).outline, getComputedStyle(inner).boxShadow)
    return chain.join('|')
  }
  const focused = look()
  element.blur()
  const blurred = look()
  element.focus()
  const name = element.getAttribute('aria-label') ?? element.textContent.slice(0, 40)
  return {
    name: name === '' ? element.outerHTML.slice(0, 80) : name,
    isBody: false,
    isSeen: focused !== blurred,
  }
}

/** Runs in the page: the page where it is wider than the window, and buttons that stick out at its sides. */
function findCutParts(): string[] {
  const root = document.documentElement
  const buttons = [...document.querySelectorAll('button, input, select, textarea')]
    .filter((element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    )
    .filter((element) => {
      const box = element.getBoundingClientRect()
      const isScrolledAway = element.closest('[role="grid"], [tabindex="0"], ol') !== null
      return (
        !isScrolledAway && box.width > 1 && (box.left < -1 || box.right > window.innerWidth + 1)
      )
    })
    .map((element) => element.outerHTML.slice(0, 120))
  const tooWidePx = root.scrollWidth - root.clientWidth
  return [...(tooWidePx > 0 ? [`the page is ${tooWidePx} px too wide`] : []), ...buttons]
}
