import type { Locator, Page } from '@playwright/test'

export interface SettingsPage {
  readonly name: Locator
  readonly findCommand: Locator
  readonly conflictWarning: Locator
  readonly resetKeys: Locator
  /** The button that shows and takes the keys of a command. */
  readonly keysOf: (command: string) => Locator
  readonly resetKeysOf: (command: string) => Locator
  readonly commandLine: (command: string) => Locator
  readonly person: (name: string) => Locator
  readonly inviteName: Locator
  readonly makeLink: Locator
  readonly link: (name: string) => Locator
}

export function createSettingsPage(page: Page): SettingsPage {
  const main = page.getByRole('main')
  const keysOf = (command: string): Locator =>
    main.getByRole('button', { name: `Keys of: ${command}.` })
  return {
    name: main.getByRole('textbox', { name: 'Your name' }),
    findCommand: main.getByRole('textbox', { name: 'Find a command' }),
    conflictWarning: main.getByRole('alert').filter({ hasText: 'two things' }),
    resetKeys: main.getByRole('button', { name: 'Default keys for all' }),
    keysOf,
    resetKeysOf: (command) => main.getByRole('button', { name: `Default keys of: ${command}` }),
    commandLine: (command) =>
      main
        .getByRole('listitem')
        .filter({ has: page.getByRole('button', { name: `Keys of: ${command}.` }) }),
    person: (name) => main.getByRole('listitem').filter({ hasText: name }),
    inviteName: main.getByRole('textbox', { name: 'Invite somebody' }),
    makeLink: main.getByRole('button', { name: 'Make a link' }),
    link: (name) => main.getByRole('textbox', { name: `The link of ${name}` }),
  }
}
