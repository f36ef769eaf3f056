import { expect, it } from 'vitest'
import { ProgramLoadError } from '../programLoadError.ts'
import { runItk } from './runItk.ts'

it.each([
  ['the binary', Object.assign(new Error('Network Error'), { name: 'AxiosError' })],
  ['the script in Chromium', new TypeError('Failed to fetch dynamically imported module: http://localhost/itk/a.js')],
  ['the script in Firefox', new TypeError('error loading dynamically imported module: http://localhost/itk/a.js')],
  ['the script in Safari', new TypeError('Importing a module script failed.')],
])('tells that %s could not be loaded', async (_, cause) => {
  const told = runItk(() => Promise.reject(cause))
  await expect(told).rejects.toBeInstanceOf(ProgramLoadError)
  await expect(told).rejects.toMatchObject({ cause })
})

it.each([
  ['a bare number', 5271416],
  ['a trap', new WebAssembly.RuntimeError('unreachable')],
  ['a fault', new TypeError('x is not a function')],
])('lets %s that a file makes of it through', async (_, cause) => {
  await expect(runItk(() => Promise.reject(cause as Error))).rejects.toBe(cause)
})
