import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeSeries } from '../cli/madeSeries.ts'
import { itkCodec } from '../src/io/images/itkCodec.node.ts'
import { fileFromBlob } from '../src/io/sourceFile.ts'
import { fakeBrowser } from './fakeBrowser.node.ts'
import { createReaderApi, type FileHandle } from './readerApi.ts'
import { readFiles } from './readFiles.ts'
import type { ReadingUnit } from '../src/io/importing/planReading.ts'
import { say } from '../src/messages/say.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const files = names.flatMap((name, i) =>
  makeSeries({ size: [4, 3, 5], value: (column) => 10 * i + column, name, number: i + 1 }).map(({ path, bytes }) => ({
    path,
    file: new Blob([bytes]),
  })),
)

let browser: ReturnType<typeof fakeBrowser>
beforeEach(() => {
  browser = fakeBrowser({
    reader: () =>
      createReaderApi(
        () => itkCodec,
        ({ path, content }) => Promise.resolve(fileFromBlob(path, content as Blob)),
      ),
  })
})
afterEach(() => vi.unstubAllGlobals())

async function readAll(options?: Parameters<typeof readFiles>[1]) {
  const outcomes = []
  for await (const outcome of readFiles(files, options))
    outcomes.push(
      'error' in outcome
        ? `${outcome.series}: ${say(outcome.error)}`
        : `${outcome.volume.source.series}: ${outcome.volume.voxels[0]}, ${outcome.files.map(({ path }) => path).join(' ')}`,
    )
  return outcomes
}

const own = (name: string, i: number) =>
  `${name}: ${10 * i}, ${[1, 2, 3, 4, 5].map((slice) => `${name}/00${slice}.dcm`).join(' ')}`

it('reads many series in few workers, in their order, each with its own files, and ends the workers', async () => {
  expect(await readAll()).toEqual(names.map(own))
  expect(browser.started.length).toBeLessThanOrEqual(2)
  expect(browser.living()).toEqual([])
})

it('loses of a folder only the series that kills its reader', async () => {
  browser.killAt(
    'read',
    2,
    (_: string, __: FileHandle[], unit: ReadingUnit) => unit.kind === 'series' && unit.plan.series === 'c',
  )
  const outcomes = await readAll()
  expect(outcomes[2]).toMatch(/^c: The part of the program that .* ended by itself twice/)
  expect(outcomes.toSpliced(2, 1)).toEqual(names.map(own).toSpliced(2, 1))
  expect(browser.living()).toEqual([])
})

it('ends all readers at once when it is stopped', async () => {
  const abort = new AbortController()
  const reading = (async () => {
    for await (const outcome of readFiles(files, { signal: abort.signal })) {
      expect('volume' in outcome).toBe(true)
      abort.abort(new Error('enough'))
    }
  })()
  await expect(reading).rejects.toThrowSaying('enough')
  expect(browser.living()).toEqual([])
})
