import { expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { analyse } from '../analyse.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { simulateNoiseStudy } from '../simulate/simulateNoiseStudy.ts'
import { describeGuard } from './leakGuard.ts'
import { runStatisticsJob } from './statisticsJob.ts'

const kernels = await loadKernels()
const study = simulateNoiseStudy({ features: 4, training: { patients: 60, positives: 25 }, validation: { patients: 40, positives: 15 }, batches: 2, seed: 4 }) // prettier-ignore
const run = (harmonise: object) =>
  analyse(
    study,
    protocolSchema.parse({ harmonise, select: [{ method: 'rankSum', alpha: 0.9 }], models: [{ method: 'logistic' }], evaluate: { bootstraps: 100 }, resample: { repeats: 0 } }),
    (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(kernels, job))),
  ) // prettier-ignore

test('the guard says who every step learnt from, and that ComBat of all patients saw values of validation, not their labels', async () => {
  const alone = describeGuard(await run({ method: 'none' }))
  expect(alone.state).toBe('closed')
  expect(alone.rows.map(({ step, learntFrom }) => [step.kind, learntFrom?.length])).toEqual([['screening', 60], ['selection', 60], ['model', 60], ['cut-offs', 60]]) // prettier-ignore
  const pooled = describeGuard(await run({ mode: 'all patients, labels unseen' }))
  expect(pooled.state).toBe('values seen')
  expect(pooled.rows[0]).toMatchObject({ step: { kind: 'combat' }, outside: 40, sawLabels: false })
  expect(describeGuard(await run({ mode: 'reference' })).state).toBe('values seen')
})

test('a step that learnt from a judged patient, or did not record from whom, opens it', async () => {
  const analysis = await run({ method: 'none' })
  const [model] = analysis.path.models
  const learnt = (learntFrom: readonly string[] | undefined) =>
    describeGuard({ ...analysis, path: { ...analysis.path, models: [{ ...model, model: { ...model.model, learntFrom } as typeof model.model }] } }) // prettier-ignore
  const leaking = learnt(analysis.split.judged[0].ids)
  expect([leaking.state, leaking.rows[2].sawLabels]).toEqual(['open', true])
  expect(learnt(undefined).state).toBe('open')
})
