import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MENU_COMMANDS } from '../../../shared/domain/shell-bridge.ts'
import { createMenuTemplate } from './menu-template.ts'
import { isAllowedPermission, isOwnPage } from './origin.ts'
import { readProjectArgument } from './read-project.ts'
import { fitWindow, parseWindowState, type WindowState } from './window-state.ts'

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1040 }
const SECOND = { x: 1920, y: 0, width: 1280, height: 980 }

function state(x: number, y: number, width: number, height: number): WindowState {
  return { bounds: { x, y, width, height }, isMaximized: false }
}

describe('where the window opens', () => {
  test('as it was left, on whichever display', () => {
    expect(fitWindow(state(2000, 40, 900, 700), [DISPLAY, SECOND])).toEqual(
      state(2000, 40, 900, 700),
    )
  })

  test('in the middle of the first display when its display is gone', () => {
    expect(fitWindow(state(2000, 40, 900, 700), [DISPLAY])).toEqual(state(320, 90, 1280, 860))
  })

  test('not above or below where its title bar could be taken hold of', () => {
    const middle = state(320, 90, 1280, 860)
    expect(fitWindow(state(100, -50, 900, 700), [DISPLAY])).toEqual(middle)
    expect(fitWindow(state(100, 1000, 900, 700), [DISPLAY])).toEqual(middle)
  })

  test('no larger than the display', () => {
    expect(fitWindow(state(0, 0, 4000, 3000), [DISPLAY])).toEqual(state(0, 0, 1920, 1040))
    expect(fitWindow(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toEqual(
      state(0, 0, 800, 600),
    )
  })

  test('maximised stays maximised even when its display is gone', () => {
    const maximised = { ...state(2000, 40, 900, 700), isMaximized: true }
    expect(fitWindow(maximised, [DISPLAY]).isMaximized).toBe(true)
  })

  test.each([
    null,
    {},
    { bounds: null },
    { bounds: { x: 1, y: 2, width: 'wide', height: 3 } },
    { bounds: { x: 1, y: 2, width: 0, height: 3 } },
    { bounds: { x: 1.5, y: 2, width: 10, height: 3 } },
  ])('a saved state of %j is ignored', (value) => {
    expect(parseWindowState(value)).toBeNull()
  })
})

describe('what the page may do', () => {
  test('stay on its own address', () => {
    expect(isOwnPage('app://local/align/7')).toBe(true)
    expect(isOwnPage('app://local.evil/')).toBe(false)
    expect(isOwnPage('https://example.org/')).toBe(false)
    expect(isOwnPage('file:///etc/passwd')).toBe(false)
  })

  test('copy text, and nothing else', () => {
    expect(isAllowedPermission('clipboard-sanitized-write')).toBe(true)
    for (const permission of ['clipboard-read', 'media', 'notifications', 'openExternal', 'usb']) {
      expect(isAllowedPermission(permission)).toBe(false)
    }
  })
})

test('every command of the menu can be chosen, and no key is taken twice', () => {
  const ran: string[] = []
  const keys: string[] = []
  const template = createMenuTemplate({ isMac: false, run: (command) => ran.push(command) })
  for (const item of template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))) {
    if (item.click === undefined) continue
    // Electron gives the item, the window and the event; ours needs none of them.
    ;(item.click as () => void)()
    if (item.accelerator !== undefined) {
      keys.push(item.accelerator)
      expect(item.registerAccelerator).toBe(false)
    }
  }
  expect(ran.toSorted()).toEqual(MENU_COMMANDS.toSorted())
  expect(new Set(keys).size).toBe(keys.length)
})

test('the project to open is read from the arguments', () => {
  const cwd = resolve('/data')
  expect(readProjectArgument(['electron', '.', '--project', 'p'], cwd)).toBe(resolve(cwd, 'p'))
  expect(readProjectArgument(['realign', '--project=a=b'], cwd)).toBe(resolve(cwd, 'a=b'))
  expect(readProjectArgument(['realign', '--project'], cwd)).toBeUndefined()
  expect(readProjectArgument(['realign'], cwd)).toBeUndefined()
})
