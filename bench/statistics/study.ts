import type { analyse } from '../../src/core/analyse.ts'
import type { StudyData } from '../../src/core/analysis/studyData.ts'
import { nameScores } from '../../src/core/evaluate/scoresFrom.ts'
import { normalQuantile } from '../../src/core/numeric/distributions.ts'
import { createRandom } from '../../src/core/numeric/random.ts'
import { protocolSchema, type Protocol } from '../../src/core/protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../../src/core/simulate/simulateNoiseStudy.ts'
import { pickRows } from '../../src/core/table/featureTable.ts'
import { createNodeStatisticsBridge } from '../../workers/statisticsBridge.node.ts'

const workers = 2
const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
const reRead = 50

/** The study's own numbers: 402 x 4506, two scanners a centre, 50 patients read twice, the default protocol. */
export async function benchStudy(): Promise<void> {
  const study = addSecondReader(plantSignal(simulateNoiseStudy({ ...defaultNoiseStudy, batches: 2 })))
  await time('one pass, no nested resampling', study, protocolSchema.parse({ resample: { repeats: 0 } }))
  await time('nested 5-fold cross-validation', study, protocolSchema.parse({ resample: { folds: 5, repeats: 1 } }))
}

/** The whole default path on noise, each seed anew: where the AUC of chance must come out. */
export async function benchNoise(): Promise<void> {
  const aucs = { apparent: [] as number[], 'out-of-fold': [] as number[], validation: [] as number[] }
  for (const seed of seeds) {
    const study = addSecondReader(simulateNoiseStudy({ ...defaultNoiseStudy, batches: 2, seed }))
    const { evaluation } = await time(`noise, seed ${seed}`, study, protocolSchema.parse({ seed }))
    const aucOf = (cohort: string, model: number) => evaluation.cohorts.find((found) => nameScores(found) === cohort)?.models[model].auc.auc ?? NaN // prettier-ignore
    aucs.apparent.push(aucOf('training', 0))
    aucs['out-of-fold'].push(aucOf('training, out-of-fold', 0))
    aucs.validation.push(aucOf('validation', 0))
  }
  for (const [name, values] of Object.entries(aucs)) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    process.stdout.write(`  logistic regression, mean ${name} AUC of ${seeds.length} studies of noise: ${mean.toFixed(3)}\n`)
  }
}

async function time(what: string, study: StudyData, protocol: Protocol): ReturnType<typeof analyse> {
  const bridge = createNodeStatisticsBridge(workers)
  const started = performance.now()
  try {
    const analysis = await bridge.analyse(study, protocol)
    const steps = analysis.path.selection.steps.map(({ method, kept }) => `${method} ${kept.length}`).join(', ')
    const { rss } = process.memoryUsage()
    process.stdout.write(`  ${what}, ${workers} workers: ${((performance.now() - started) / 1000).toFixed(1)} s, ${(rss / 2 ** 20).toFixed(0)} MiB; ${steps}\n`) // prettier-ignore
    return analysis
  } finally {
    bridge.close()
  }
}

/** 60 of the features know something of the outcome. */
function plantSignal(study: StudyData): StudyData {
  const { ids, columns } = study.features
  const values = study.features.values.map((value, at) => (at < 60 * ids.length ? value + 0.5 * study.outcomeOf.get(ids[at % ids.length])! : value)) // prettier-ignore
  return { ...study, features: { ids, columns, values } }
}

/** The same values with noise of a fifth of the variance: an ICC of about 0.83. */
function addSecondReader(study: StudyData): StudyData {
  const random = createRandom(2)
  const again = pickRows(study.features, study.features.ids.slice(0, reRead))
  const values = again.values.map((value) => value + Math.sqrt(0.2) * normalQuantile(random.uniform() || Number.MIN_VALUE))
  return { ...study, secondReader: { ...again, values } }
}
