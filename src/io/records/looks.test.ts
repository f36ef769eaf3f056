import { expect, test } from 'vitest'
import { compareProtocols, countLooks, describeLooks } from './looks.ts'
import type { RunRecord } from './runRecord.ts'
import { say } from '../../messages/say.ts'

const hash = (digit: string) => digit.repeat(64)

const run = (more: Partial<RunRecord>): RunRecord => ({
  format: 'texel run',
  version: 1,
  texel: '1.0.0',
  command: 'analyse',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:01:00.000Z',
  inputs: [{ role: 'features', file: 'f.csv', bytes: 1, sha256: hash('1') }],
  protocol: { seed: 1, select: [{ method: 'rankSum', alpha: 0.05 }] },
  protocolSha256: hash('a'),
  seeds: {},
  workers: 1,
  files: [],
  looks: [],
  ...more,
})

const validation = { cohort: 'validation', patients: 50, idsSha256: hash('7') }
const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`

test('looks are counted along the chain; the first keeps its time and protocol, whatever the cohort is called later', () => {
  const first = countLooks([validation], [], { at: at(1), protocolSha256: hash('a') })
  expect(first).toEqual([{ ...validation, first: { at: at(1), protocolSha256: hash('a') }, looks: 1, protocolChanges: 0 }])
  const second = countLooks([validation], [run({ looks: first })], { at: at(2), protocolSha256: hash('b') })
  expect(second).toEqual([{ ...first[0], looks: 2, protocolChanges: 1 }])
  const after = [run({ looks: second, protocolSha256: hash('b') })]
  const renamed = { ...validation, cohort: 'centre II' }
  expect(countLooks([renamed], after, { at: at(3), protocolSha256: hash('b') })).toEqual([{ ...second[0], cohort: 'centre II', looks: 3 }]) // prettier-ignore
  // A run without the cohort loses no look of it; two chains that meet keep the longer one and the earliest look.
  const other = { cohort: 'centre III', patients: 9, idsSha256: hash('8') }
  const without = countLooks([other], after, { at: at(3), protocolSha256: hash('b') })
  expect(without.map(({ cohort, looks }) => [cohort, looks])).toEqual([['centre III', 1], ['validation', 2]]) // prettier-ignore
  const late = countLooks([validation], [], { at: at(5), protocolSha256: hash('c') })
  expect(countLooks([validation], [run({ looks: late }), ...after], { at: at(6), protocolSha256: hash('b') })).toEqual([{ ...second[0], looks: 3 }]) // prettier-ignore
})

test('settings that changed are named by their place, old and new', () => {
  const old = { seed: 1, select: [{ method: 'rankSum', alpha: 0.05 }, { method: 'lasso' }], missing: 'refuse' }
  const now = { seed: 1, select: [{ method: 'rankSum', alpha: 0.1 }], missing: 'refuse', patient: 'patient' }
  expect(compareProtocols(old, now)).toEqual([
    { key: 'select.0.alpha', old: 0.05, now: 0.1 },
    { key: 'select.1', old: { method: 'lasso' }, now: undefined },
    { key: 'patient', old: undefined, now: 'patient' },
  ])
})

test('what changed since the earlier run is told: settings, tables by hash, and how often a cohort has been judged', () => {
  const looks = countLooks([validation], [], { at: at(1), protocolSha256: hash('a') })
  const now = { texel: '1.1.0', at: at(2), protocolSha256: hash('b'), protocol: { seed: 2, select: [{ method: 'rankSum', alpha: 0.05 }] }, inputs: [{ role: 'features', file: 'g.csv', bytes: 1, sha256: hash('2') }] } // prettier-ignore
  const earlier = run({ looks })
  expect(describeLooks(countLooks([validation], [earlier], now), earlier, now).map(say)).toEqual([
    'Since the run of 2026-01-01T00:00:00.000Z the protocol changed in 1 place: seed 1 → 2.',
    'These tables changed: features (f.csv 111111111111 → g.csv 222222222222).',
    'Texel changed: 1.0.0 → 1.1.0.',
    'The cohort validation was first judged at 2026-01-01T00:00:00.000Z by the protocol aaaaaaaaaaaa; looks until now: 2, protocol changes between them: 1.',
  ])
  expect(describeLooks(looks, null, now)).toEqual([])
})
