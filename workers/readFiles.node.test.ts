import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { builtWorker } from '../cli/testProgram.ts'
import { DataError } from '../src/core/messages/message.ts'
import { say } from '../src/messages/say.ts'
import { describePaths, readPath, saveImage, type DescribedVolume, type FileOutcome } from './readFiles.node.ts'

const script = builtWorker('reader')
const images = resolve('reference/images')
const dicom = resolve('reference/dicom')

async function readAll(path: string): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = []
  for await (const outcome of readPath(path, { script })) outcomes.push(outcome)
  return outcomes
}

/** With what they say. */
const said = (outcomes: readonly FileOutcome[]) =>
  outcomes.map((outcome) => ('error' in outcome ? { ...outcome, error: say(outcome.error) } : outcome))

async function describeAll(...paths: string[]): Promise<DescribedVolume[]> {
  const entries: DescribedVolume[] = []
  for await (const entry of describePaths(paths, { script, labels: true })) entries.push(entry)
  return entries
}

/** A folder with the content of DICOM phantoms, each in a folder of its own, and other files. */
async function makeFolder(cases: string[], files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'texel-test-'))
  for (const name of cases) {
    await mkdir(join(folder, name))
    const members = unzipSync(new Uint8Array(await readFile(join(dicom, `${name}.zip`))))
    for (const [path, bytes] of Object.entries(members)) await writeFile(join(folder, name, path), bytes)
  }
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content)
  return folder
}

describe('readPath', () => {
  it('reads a file in a worker and hands its memory over', async () => {
    const [outcome] = await readAll(join(images, 'int16.nii.gz'))
    if ('error' in outcome) throw new DataError(outcome.error)
    expect(outcome.volume.voxels).toBeInstanceOf(Int16Array)
    expect(outcome.volume.voxels.buffer).toBeInstanceOf(ArrayBuffer)
    expect(outcome.volume.size).toEqual([6, 5, 4])
  })

  it('reads folders of DICOM with all their phases, a zip, and the rest when one series is bad', async () => {
    const folder = await makeFolder(['dce_temporal', 'missing'], { 'notes.txt': 'hello', '.hidden': 'x' })
    await cp(join(dicom, 'plain.zip'), join(folder, 'plain.zip'))
    const outcomes = await readAll(folder)
    const summary = outcomes.map((outcome) =>
      'error' in outcome
        ? [outcome.path, say(outcome.error).slice(0, 18)]
        : [outcome.volume.source.path, outcome.volume.source.phase],
    )
    expect(summary).toEqual([
      [join(folder, 'dce_temporal'), 'phase 1 of 3'],
      [join(folder, 'dce_temporal'), 'phase 2 of 3'],
      [join(folder, 'dce_temporal'), 'phase 3 of 3'],
      [join(folder, 'missing'), 'A slice is missing'],
      [join(folder, 'plain.zip'), undefined],
    ])
    expect('warnings' in outcomes[0] && outcomes[0].warnings.map(say).join()).toContain(
      '1 file is no image and left out: notes.txt (text)',
    )
  })

  it('stops when told, with the reason', async () => {
    const folder = await makeFolder(['dce_temporal'])
    const abort = new AbortController()
    const seen: string[] = []
    const run = async () => {
      for await (const outcome of readPath(folder, {
        script,
        signal: abort.signal,
        onProgress: ({ step }) => seen.push(say(step)),
      })) {
        expect('volume' in outcome).toBe(true)
        abort.abort(new Error('enough'))
      }
    }
    await expect(run()).rejects.toThrowSaying('enough')
    expect(seen).toContain('Looking into the files')
    expect(seen.at(-1)).toContain('phase 1 of 3')
  })

  it('tells a path that does not exist, an empty folder and one without images', async () => {
    expect(said(await readAll('no/such/path'))).toEqual([
      { path: 'no/such/path', error: expect.stringContaining('no such file or folder') as string },
    ])
    const empty = await makeFolder([])
    expect(said(await readAll(empty))).toEqual([{ path: empty, error: 'The folder is empty.' }])
    const texts = await makeFolder([], { 'a.txt': 'hello' })
    expect(said(await readAll(texts))).toEqual([
      { path: texts, error: 'There is no image here. 1 file is no image and left out: a.txt (text).' },
    ])
  })

  it('makes the end of a worker the error of its file', async () => {
    const crash = join(await makeFolder([], { 'crash.mjs': 'process.exit(3)' }), 'crash.mjs')
    const outcomes: FileOutcome[] = []
    for await (const outcome of readPath(join(images, 'int16.nii'), { script: pathToFileURL(crash) })) outcomes.push(outcome)
    expect(said(outcomes)).toEqual([
      {
        path: join(images, 'int16.nii'),
        error: expect.stringMatching(/ended by itself twice \(it ended with code 3\).* the file is damaged/) as string,
      },
    ])
  })
})

describe('a worker of the pool', () => {
  /** The reader, which notes its starts, and dies of a file that has `kill` in its name. */
  async function mortalReader(folder: string) {
    const notes = join(folder, 'starts')
    await writeFile(notes, '')
    const path = join(folder, 'mortal.mjs')
    await writeFile(
      path,
      `import { appendFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import ${JSON.stringify(script.href)}
appendFileSync(${JSON.stringify(notes)}, '.')
parentPort.on('message', (message) => JSON.stringify(message).includes('kill.nii') && process.exit(3))`,
    )
    return { script: pathToFileURL(path), starts: async () => (await readFile(notes, 'utf8')).length }
  }
  const readOne = async (path: string, mortal: URL) => {
    const outcomes: FileOutcome[] = []
    for await (const outcome of readPath(path, { script: mortal })) outcomes.push(outcome)
    return outcomes.map((outcome) => ('error' in outcome ? say(outcome.error) : Array.from(outcome.volume.voxels).length))
  }

  it('reads one file after the other, whatever their kind', async () => {
    const { script: mortal, starts } = await mortalReader(await makeFolder([]))
    for (const name of ['int16.nii', 'int16.nrrd', 'int16.nii.gz', 'int16.mha'])
      expect(await readOne(join(images, name), mortal)).toEqual([120])
    expect(await starts()).toBe(1)
  })

  it('that dies of a file fails that file alone: others are read by a new one', async () => {
    const folder = await makeFolder([], { 'kill.nii': await readFile(join(images, 'int16.nii')) })
    const { script: mortal, starts } = await mortalReader(folder)
    expect(await readOne(join(images, 'int16.nii'), mortal)).toEqual([120])
    const [dead, alive] = await Promise.all([
      readOne(join(folder, 'kill.nii'), mortal),
      readOne(join(images, 'int16.nii.gz'), mortal),
    ])
    expect(dead).toEqual([expect.stringMatching(/ended by itself twice .* the file is damaged/) as string])
    expect(alive).toEqual([120])
    expect(await readOne(join(images, 'int16.mha'), mortal)).toEqual([120])
    expect(await starts()).toBeLessThanOrEqual(4)
  })
})

describe('describePaths', () => {
  it('gives grid, values over the finite voxels and labels', async () => {
    const [labels, holes, bad] = await describeAll(
      join(images, 'label_fraction.nii.gz'),
      join(images, 'not_finite.nii.gz'),
      join(images, 'rgb.nrrd'),
    )
    expect(labels).toMatchObject({
      path: join(images, 'label_fraction.nii.gz'),
      size: [6, 5, 4],
      minimum: 0,
      nanVoxels: 0,
      labels: { [Math.fround(0.0039)]: 12 },
      warnings: [],
    })
    expect(holes).toMatchObject({ nanVoxels: 2 })
    expect('maximum' in holes && Number.isFinite(holes.maximum)).toBe(true)
    expect({ ...bad, error: 'error' in bad && say(bad.error) }).toEqual({
      path: join(images, 'rgb.nrrd'),
      error: expect.stringContaining('colour') as string,
      warnings: [],
    })
  })

  it('gives an entry a phase, in LPS millimetres', async () => {
    const folder = await makeFolder(['echoes'])
    const entries = await describeAll(folder)
    expect(entries.map(({ phase }) => phase)).toEqual(['echo 1 of 2 (2.3)', 'echo 2 of 2 (4.6)'])
    expect(entries[0]).toMatchObject({
      path: join(folder, 'echoes'),
      series: 'echoes',
      size: [6, 5, 4],
      origin: [-10.1, 20.2, 30.3],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    })
    expect(JSON.parse(JSON.stringify(entries))).toEqual(entries)
  })
})

it('saveImage writes what readPath reads back', async () => {
  const mask = {
    size: [4, 3, 2],
    spacingMm: [1, 2, 3],
    originMm: [5, 6, 7],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    voxels: Uint8Array.from({ length: 24 }, (_, i) => i % 2),
  } as const
  const bytes = await saveImage(mask, 'mask.nii.gz', script)
  expect(mask.voxels).toHaveLength(24)
  const path = join(await makeFolder([], { 'mask.nii.gz': bytes }), 'mask.nii.gz')
  const [outcome] = await readAll(path)
  if ('error' in outcome) throw new DataError(outcome.error)
  expect(outcome.volume).toMatchObject({ ...mask, source: { path } })
})
