import { expect, test } from './fixtures.ts'
import { numberedImages } from './support/source.ts'

test.beforeEach(async ({ app, project }) => {
  await project.fill(numberedImages(2))
  await app.open('/settings')
})

test('keys that are given to a command work at once, and the old ones do not', async ({ app }) => {
  const { settings } = app
  await settings.findCommand.fill('Jobs')
  await settings.keysOf('Jobs').click()
  await expect(settings.keysOf('Jobs')).toContainText('Press the keys')
  await app.press('ControlOrMeta+j')
  await expect(settings.keysOf('Jobs')).toHaveAccessibleName(/^Keys of: Jobs\. (Ctrl|⌘)\+J$/)
  await app.page.locator('body').focus()
  await app.press('ControlOrMeta+j')
  await expect(app.screenButton('Jobs')).toHaveAttribute('aria-current', 'page')
  await app.press('ControlOrMeta+,')
  await expect(settings.findCommand).toBeVisible()
  await app.press('ControlOrMeta+5')
  await expect(app.screenButton('Settings')).toHaveAttribute('aria-current', 'page')

  // They are stored, and shown wherever keys are.
  await app.page.reload()
  await expect(settings.keysOf('Jobs')).toHaveAccessibleName(/^Keys of: Jobs\. (Ctrl|⌘)\+J$/)
  await app.press('?')
  await expect(app.keysDialog.getByText('Jobs').locator('xpath=..')).toContainText('J')
  await app.press('Escape')

  await settings.resetKeysOf('Jobs').click()
  await expect(settings.keysOf('Jobs')).toHaveAccessibleName(/^Keys of: Jobs\. (Ctrl|⌘)\+5$/)
  await app.page.locator('body').focus()
  await app.press('ControlOrMeta+5')
  await expect(app.screenButton('Jobs')).toHaveAttribute('aria-current', 'page')
})

test('one key for two things is said at both, until the defaults are back', async ({ app }) => {
  const { settings } = app
  await settings.findCommand.fill('align image')
  await settings.keysOf('Next image').click()
  await expect(settings.keysOf('Next image')).toContainText('Press the keys')
  await app.press('Alt+ArrowUp')
  await expect(settings.conflictWarning).toHaveText(
    'One key means two things. Only the first of them happens.',
  )
  await expect(settings.commandLine('Next image')).toContainText('Also: Previous image')
  await expect(settings.commandLine('Previous image')).toContainText('Also: Next image')
  await settings.resetKeys.click()
  await expect(settings.conflictWarning).toBeHidden()
  await expect(settings.keysOf('Next image')).toHaveAccessibleName(/\+↓$/)
  await expect(settings.resetKeys).toBeDisabled()
})

test('keys are given, taken away and left by keyboard alone', async ({ app }) => {
  const { settings } = app
  await settings.findCommand.focus()
  await app.type('show keys')
  await settings.keysOf('Show keys').focus()
  await app.press('Space')
  await expect(settings.keysOf('Show keys')).toContainText('Press the keys')
  await app.press('Escape')
  await expect(settings.keysOf('Show keys')).toHaveAccessibleName(/\? or (Ctrl|⌘)\+\/$/)
  await app.press('Enter')
  await expect(settings.keysOf('Show keys')).toContainText('Press the keys')
  await app.press('Backspace')
  await expect(settings.keysOf('Show keys')).toHaveAccessibleName('Keys of: Show keys. none')
  await app.press('?')
  await expect(app.keysDialog).toBeHidden()
  await app.press('Enter')
  await expect(settings.keysOf('Show keys')).toContainText('Press the keys')
  await app.press('Space')
  await expect(settings.keysOf('Show keys')).toHaveAccessibleName('Keys of: Show keys. Space')
})
