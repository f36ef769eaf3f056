import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stages } from '../rooms.config.mjs'

/* docs/architecture.md names every room, and none that is not there. */

const rooms = [...readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `([^`]+)`/gm)].map(([, room]) => room)
const foldersIn = (path) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`)

test('every room that is named is there, once', () => {
  expect(rooms.filter((room) => !existsSync(room))).toEqual([])
  expect(rooms).toHaveLength(new Set(rooms).size)
})

test('every folder of the program is named', () => {
  const folders = [...foldersIn('src'), ...['core', 'io', 'state', 'ui'].flatMap((room) => foldersIn(`src/${room}`))]
  expect(folders.filter((folder) => !rooms.includes(folder))).toEqual([])
})

test('the stages of the core stand in their order, in both lists', () => {
  const named = rooms.filter((room) => room.startsWith('src/core/')).map((room) => room.slice('src/core/'.length))
  expect(named).toEqual(stages)
})
