import { expect, test } from 'vitest'
import { allowedHostnames } from './hostnames.ts'

const MACHINE = { hostname: 'Box', addresses: ['127.0.0.1', '192.168.1.7', 'fe80::1%eth0'] }
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

test('loopback allows only loopback names', () => {
  expect([...allowedHostnames('127.0.0.1', MACHINE)]).toEqual(LOOPBACK)
})

test('a bound address is allowed beside loopback, where tunnels end', () => {
  expect([...allowedHostnames('192.168.1.7', MACHINE)]).toEqual([...LOOPBACK, '192.168.1.7'])
  expect([...allowedHostnames('Box.Lan', MACHINE)]).toEqual([...LOOPBACK, 'box.lan'])
  expect([...allowedHostnames('fd00::7', MACHINE)]).toEqual([...LOOPBACK, '[fd00::7]'])
})

test.each(['0.0.0.0', '::'])('%s allows what this machine is called', (bound) => {
  expect([...allowedHostnames(bound, MACHINE)]).toEqual([
    ...LOOPBACK,
    'box',
    '192.168.1.7',
    '[fe80::1]',
  ])
})
