import { afterEach, expect, test } from 'vitest'
import { builtWorker } from '../cli/testProgram.ts'
import { protocolSchema } from '../src/core/protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../src/core/simulate/simulateNoiseStudy.ts'
import { formatRecord, parseRecord } from '../src/io/records/recordFile.ts'
import type { StatisticsBridge } from './statisticsBridge.ts'
import { createNodeStatisticsBridge } from './statisticsBridge.node.ts'

const script = builtWorker('statistics')

let bridge: StatisticsBridge | undefined
afterEach(() => bridge?.close())
const open = (workers: number) => (bridge = createNodeStatisticsBridge(workers, script))

const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 30, training: { patients: 60, positives: 20 } })
const protocolOf = (settings: object) =>
  protocolSchema.parse({ harmonise: { method: 'none' }, select: [], evaluate: { bootstraps: 100 }, ...settings })
const long = protocolOf({ select: [{ method: 'boruta', trees: 3000 }] })

test('cancelling ends the study at once and the bridge can be used again', async () => {
  const bridge = open(2)
  const cancel = new AbortController()
  const steps: string[] = []
  const running = bridge.analyse(study, long, {
    signal: cancel.signal,
    onProgress: ({ step }) => {
      steps.push(step.code)
      if (step.code === 'step-boruta') cancel.abort(new Error('stopped by hand'))
    },
  })
  await expect(running).rejects.toThrowSaying('stopped by hand')
  expect(steps).toContain('step-harmonising')
  const short = protocolOf({ models: [{ method: 'logistic', penalty: 'ridge' }], resample: { repeats: 0 } })
  const { evaluation } = await bridge.analyse(study, short)
  expect(evaluation.cohorts.map(({ cohort }) => cohort)).toEqual(['training', 'validation'])
})

test('a study that was cancelled before it began is not begun', async () => {
  await expect(open(1).analyse(study, long, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrowSaying(
    'too late',
  )
})

test('what cannot be used is told by the error of the core', async () => {
  const wrong = protocolOf({ cohort: { training: 'nobody' } })
  await expect(open(1).analyse(study, wrong)).rejects.toThrowSaying('There is no cohort nobody to learn from')
})

test('a study that is ended after any few stages goes on from their records, by 1 worker or 2, with the same bits', async () => {
  const staged = protocolOf({
    select: [{ method: 'rankSum', alpha: 0.6 }, { method: 'annealing', trees: 20, iterations: 2, folds: 2 }],
    models: [{ method: 'logistic', penalty: 'ridge' }, { method: 'forest', trees: 20 }],
    resample: { folds: 2 },
  }) // prettier-ignore
  const whole = await open(2).analyse(study, staged)
  bridge?.close()
  const written = new Map<string, string>()
  for (let runs = 1; ; runs++) {
    const cancel = new AbortController()
    let told = 0
    const running = open(1 + (runs % 2)).analyse(study, staged, {
      signal: cancel.signal,
      stages: {
        have: (key) => (written.has(key) ? parseRecord(written.get(key)!, key).record : undefined),
        onStage(key, record) {
          if (cancel.signal.aborted) return
          written.set(key, formatRecord(key, record))
          if (++told === 4) cancel.abort(new Error('stopped by hand'))
        },
      },
    })
    const result = await running.catch((error: Error) => error.message)
    bridge?.close()
    if (result !== 'stopped by hand') {
      expect(result).toStrictEqual(whole)
      expect(runs).toBeGreaterThan(3)
      break
    }
    expect(written.size).toBe(4 * runs)
  }
})
