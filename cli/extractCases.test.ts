import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { parseCaseList } from './caseList.ts'
import { beginRun } from './extractionRecord.ts'
import { extractCases, hashParameters } from './extractCases.ts'
import type { CaseRequest } from './readCase.ts'
import { UsageError } from './usageError.ts'
import { messageOf } from '../src/core/messages/message.ts'
import type { ExtractedCase } from './extractCase.ts'

let folder: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-batch-'))
  said = []
  for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(folder, name), name)
})
afterEach(() => rmSync(folder, { recursive: true }))

const ids = ['p1', 'p2', 'p3', 'p4']
const list = `id,image,mask\n${ids.map((id, i) => `${id},${'abcd'[i]},a`).join('\n')}\n`
const parameters = parseParameterFile('featureClass:\n  firstorder: [Mean, Range]\n')
const result = (features: [string, number][], more: Partial<ExtractedCase> = {}): ExtractedCase => ({
  diagnostics: [['diagnostics_Versions_Texel', '1']],
  features,
  failures: [],
  warnings: [],
  partial: false,
  ...more,
})
const nameOf = ({ imagePath }: CaseRequest) => imagePath.slice(-1)
const output = () => join(folder, 'features.csv')
const rows = (path = output()) => Papa.parse<Record<string, string>>(readFileSync(path, 'utf8').trimEnd(), { header: true }).data

function run(
  extract: (name: string) => ExtractedCase | Promise<ExtractedCase>,
  {
    resume = false,
    overwrite = false,
    foretold = [] as string[],
    cases = list,
    with: used = parameters,
    maskThreshold = undefined as number | undefined,
    signal = new AbortController().signal,
    atOnce = 1,
    lost = new AbortController().signal,
  } = {},
) {
  const entries = parseCaseList(cases, join(folder, 'cases.csv'), { label: 1 }).cases
  const progress = { update: () => {}, say: (line: string) => void said.push(line), stop: () => {} }
  const record = beginRun({ workers: 1, memoryBytes: 1, parametersSha256: hashParameters(used, maskThreshold), list: { file: 'cases.csv', sha256: '' }, shard: null }) // prettier-ignore
  return extractCases(entries, async (request) => extract(nameOf(request)), { output: output(), parameters: used, run: record, lost, earlier: resume ? 'resume' : overwrite ? 'overwrite' : 'refuse', foretell: async () => foretold, signal, progress, atOnce }) // prettier-ignore
}

test('a row a case, diagnostics before features', async () => {
  expect(await run((name) => result([['x', name.charCodeAt(0)]]))).toMatchObject({ done: 4, failed: 0 })
  expect(rows().map(({ id, x }) => [id, x])).toEqual([['p1', '97'], ['p2', '98'], ['p3', '99'], ['p4', '100']]) // prettier-ignore
  const header = readFileSync(output(), 'utf8').split('\n')[0].split(',')
  expect(header.slice(0, 3)).toEqual(['id', 'image', 'mask'])
  expect(header.slice(3, -1).every((name) => name.startsWith('diagnostics_'))).toBe(true)
  expect(header.at(-1)).toBe('x')
  expect(existsSync(`${output()}.errors.csv`)).toBe(false)
})

test('a row is on disk before the next case begins', async () => {
  let seen = 0
  await run((name) => {
    if (name !== 'a') expect(rows()).toHaveLength(++seen)
    return result([['x', 1]])
  })
  expect(seen).toBe(3)
})

test('cases that are measured at the same time come in the order of the list, whichever is ready first', async () => {
  const ready = new Map<string, () => void>()
  const inWork = async (name: string) => {
    await new Promise<void>((resolve) => {
      ready.set(name, resolve)
      // The last of those that fit is ready first.
      if (ready.size === 3) for (const other of [...ready.keys()].toReversed()) ready.get(other)!()
      if (name === 'd') resolve()
    })
    if (name === 'b') throw new Error('The mask is empty.')
    return result([['x', name.charCodeAt(0)]], { warnings: [`said of ${name}`] })
  }
  expect(await run(inWork, { atOnce: 3 })).toMatchObject({ done: 3, failed: 1 })
  expect(rows().map(({ x }) => x)).toEqual(['97', '99', '100'])
  expect(said).toEqual(['p1: said of a', 'p2: The mask is empty.', 'p3: said of c', 'p4: said of d'])
})

test('a failed case is told with its reason, and the rest goes on', async () => {
  const outcome = await run((name) => {
    if (name === 'b') throw new Error('The mask is empty.\nDraw one.')
    return result([['x', 1]])
  })
  expect(outcome).toMatchObject({ done: 3, failed: 1 })
  expect(rows(outcome.errorsPath)).toEqual([{ id: 'p2', image: 'b', mask: 'a', reason: 'The mask is empty. Draw one.' }])
  expect(rows().map(({ id }) => id)).toEqual(['p1', 'p3', 'p4'])
  expect(said).toEqual(['p2: The mask is empty.\nDraw one.'])
})

test('where all cases fail there is a table with its header, features too, and no row, and it can be taken up or run again', async () => {
  const failing = () => run(() => {
    throw new Error('no')
  }) // prettier-ignore
  expect(await failing()).toMatchObject({ done: 0, failed: 4 })
  expect(readFileSync(output(), 'utf8')).toBe(
    'id,image,mask,diagnostics_Texel_ParametersHash,diagnostics_Texel_ImageFileHash,diagnostics_Texel_MaskFileHash,original_firstorder_Mean,original_firstorder_Range\n',
  )
  expect(await failing()).toMatchObject({ done: 0, failed: 4 })
  expect(await run(() => result([['x', 1]]), { resume: true })).toMatchObject({ done: 4, failed: 0 })
  expect(rows().map(({ id, x }) => id + x)).toEqual(['p11', 'p21', 'p31', 'p41'])
})

test('an image type that fails is told, the others are kept', async () => {
  const failures = [{ imageType: 'lbp-3D-k', reason: messageOf('No memory.') }]
  const outcome = await run((name) => (name === 'c' ? result([['x', 1]], { failures }) : result([['x', 1], ['y', 2]]))) // prettier-ignore
  expect(outcome).toMatchObject({ done: 4, failed: 1 })
  expect(rows().map(({ y }) => y)).toEqual(['2', '2', '', '2'])
  expect(rows(outcome.errorsPath)[0]).toMatchObject({ id: 'p3', reason: 'lbp-3D-k is missing: No memory.' })
})

test('columns that only a later case has find their place', async () => {
  await run((name) => result(name === 'b' ? [['x', 1], ['y', 2], ['z', 3]] : [['x', 1], ['z', 3]])) // prettier-ignore
  expect(readFileSync(output(), 'utf8').split('\n')[0]).toMatch(/x,y,z$/)
  expect(rows().map(({ x, y, z }) => [x, y, z])).toEqual([['1', '', '3'], ['1', '2', '3'], ['1', '', '3'], ['1', '', '3']]) // prettier-ignore
})

test('rows of an earlier run are never erased without a word: neither finished ones nor those of a run that was killed', async () => {
  await run(() => result([['x', 1]]))
  appendFileSync(output(), 'p5,torn')
  const before = readFileSync(output(), 'utf8')
  const other = { cases: 'id,image,mask\nq,a,a\n' }
  const refused = run(() => result([['y', 2]]), other)
  await expect(refused).rejects.toThrow(UsageError)
  await expect(refused).rejects.toThrowSaying(
    'holds 5 rows of an earlier run. Add --resume to go on from there, or --overwrite to start anew.',
  )
  expect(readFileSync(output(), 'utf8')).toBe(before)
  await run(() => result([['y', 2]]), { ...other, overwrite: true })
  expect(rows()).toMatchObject([{ id: 'q', y: '2' }])
})

test('what is the same for several cases is said once, with how many at the end; failures stand together at the end', async () => {
  await run(
    (name) => {
      if (name === 'b' || name === 'd') throw new Error(`no ${name}`)
      return result([['x', 1]], { warnings: ['few grey levels', `only of ${name}`] })
    },
    { foretold: [] },
  )
  expect(said).toEqual([
    'p1: few grey levels',
    'p1: only of a',
    'p2: no b',
    'p3: only of c',
    'p4: no d',
    '2 of 4 cases (p1; p3): few grey levels',
    'Failed:',
    '  p2: no b',
    '  p4: no d',
  ])
  said = []
  await run(() => result([['x', 1]], { warnings: ['few grey levels'] }), { foretold: ['few grey levels'], overwrite: true })
  expect(said).toEqual(['All 4 cases: few grey levels'])
})

test('resume skips what is done, retries what failed and brings the rows into order', async () => {
  await run((name) => {
    if (name === 'a' || name === 'c') throw new Error('no')
    return result([['x', 1]])
  })
  const asked: string[] = []
  const outcome = await run(
    (name) => {
      asked.push(name)
      return result([['x', 2]])
    },
    { resume: true },
  )
  expect(asked).toEqual(['a', 'c'])
  expect(outcome).toMatchObject({ done: 4, failed: 0 })
  expect(rows().map(({ id, x }) => id + x)).toEqual(['p12', 'p21', 'p32', 'p41'])
  expect(existsSync(outcome.errorsPath)).toBe(false)
})

test('resume retries a case of which a part failed', async () => {
  await run((name) => result([['x', 1]], name === 'b' ? { failures: [{ imageType: 'i', reason: messageOf('r') }] } : {}))
  const asked: string[] = []
  await run((name) => (asked.push(name), result([['x', 2]])), { resume: true })
  expect(asked).toEqual(['b'])
  expect(rows().map(({ x }) => x)).toEqual(['1', '2', '1', '1'])
})

test('resume drops an unfinished last line', async () => {
  await run(() => result([['x', 1]]), { cases: list.split('\n').slice(0, 3).join('\n') })
  const whole = readFileSync(output(), 'utf8')
  appendFileSync(output(), whole.split('\n')[1].replace('p1', 'p3').slice(0, 40))
  const asked: string[] = []
  await run((name) => (asked.push(name), result([['x', 2]])), { resume: true })
  expect(asked).toEqual(['c', 'd'])
  expect(readFileSync(output(), 'utf8').startsWith(whole)).toBe(true)
  expect(rows()).toHaveLength(4)
})

test('resume begins anew where nothing, or half a header, is there', async () => {
  writeFileSync(output(), 'id,ima')
  expect(await run(() => result([['x', 1]]), { resume: true })).toMatchObject({ done: 4 })
  expect(rows()).toHaveLength(4)
})

test.each([
  ['image', () => writeFileSync(join(folder, 'b'), 'other'), {}, 'p2: image'],
  ['mask', () => rmSync(join(folder, 'a')), {}, 'p1: image, mask'],
  ['parameters', () => {}, { with: { ...parameters, settings: { ...parameters.settings, binWidth: 7 } } }, 'p4: parameters'],
  ['threshold of the masks', () => {}, { maskThreshold: 0.5 }, 'p1: parameters'],
  ['list', () => {}, { cases: list.replace('p2', 'p9') }, '1 rows that are not in the list of cases (p2)'],
])('resume refuses when the %s changed', async (_, change, options, message) => {
  await run(() => result([['x', 1]]))
  const before = readFileSync(output(), 'utf8')
  change()
  const again = run(() => result([['x', 2]]), { resume: true, ...options })
  await expect(again).rejects.toThrow(UsageError)
  await expect(again).rejects.toThrowSaying(message)
  expect(readFileSync(output(), 'utf8')).toBe(before)
})

test('a stop keeps what is done', async () => {
  const controller = new AbortController()
  const stopAtB = (name: string) => {
    if (name !== 'b') return result([['x', 1]])
    controller.abort()
    return result([], { partial: true })
  }
  expect(await run(stopAtB, { signal: controller.signal })).toMatchObject({ done: 1, failed: 0 })
  expect(rows().map(({ id }) => id)).toEqual(['p1'])
})

test('the files of a case that was cancelled are not hashed any more', async () => {
  const cancelled = (name: string) => {
    rmSync(join(folder, name))
    return result([], { partial: true })
  }
  expect(await run(cancelled)).toMatchObject({ done: 0, failed: 0 })
})
