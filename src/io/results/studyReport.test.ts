import { Window } from 'happy-dom'
import { beforeAll, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { analyse } from '../../core/analyse.ts'
import type { Analysis } from '../../core/analysis/analysis.ts'
import { recordScores } from '../../core/analysis/judgedScores.ts'
import { runStatisticsJob } from '../../core/analysis/statisticsJob.ts'
import type { StudyData } from '../../core/analysis/studyData.ts'
import { protocolSchema } from '../../core/protocol/protocol.ts'
import { planDevelopment } from '../../core/statistics/planDevelopment.ts'
import { planValidation } from '../../core/statistics/planValidation.ts'
import { noAnswers } from '../../core/report/answers.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../../core/simulate/simulateNoiseStudy.ts'
import { say } from '../../messages/say.ts'
import '../../messages/sayAll.ts'
import { countStudyFlow, layOutFlow } from './flowChart.ts'
import { formatReport } from './reportFile.ts'
import { layOutPlannedSize } from './modelCards.ts'
import { layOutScores, layOutStudy, type LaidOutReport } from './studyReport.ts'

let study: StudyData
let analysis: Analysis
let laid: LaidOutReport
let html: string
beforeAll(async () => {
  const kernels = await loadKernels()
  study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 8, batches: 1, training: { patients: 50, positives: 22 }, validation: { patients: 40, positives: 15 } }) // prettier-ignore
  const protocol = protocolSchema.parse({ harmonise: { method: 'none' }, select: [{ method: 'redundancy' }], models: [{ method: 'logistic' }, { method: 'forest', trees: 20 }, { method: 'svm' }], evaluate: { bootstraps: 100 }, resample: { folds: 2 } }) // prettier-ignore
  analysis = await analyse(study, protocol, async (jobs) => {
    const results = []
    for (const job of jobs) results.push(await runStatisticsJob(kernels, job))
    return results
  })
  const flow = layOutFlow(countStudyFlow(study, protocol, 'f & <g>.csv'), say)
  laid = layOutStudy(
    { analysis, study, scores: recordScores(analysis, study), table1: null, run: null, answers: noAnswers, flow },
    say,
  )
  html = formatReport('R', laid.sections)
})

test('an item of a checklist that stands somewhere stands in a part that the report has', () => {
  const parts = new Set(laid.sections.map(({ of }) => of))
  const { clear, metrics, tripod } = laid.report.checklists
  const places = [...clear, ...metrics, ...tripod].flatMap(({ id, at }) => (at === null ? [] : [{ id, at }]))
  expect(places.length).toBeGreaterThan(40)
  expect(places.filter(({ at }) => !parts.has(at))).toEqual([])
})

test('figures are drawn from the evaluation as SVG that needs nothing else, each with its numbers', () => {
  const figures = laid.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'figure' ? [block] : [])))
  expect(figures.map(({ figure: { of, panels } }) => [of, panels.length])).toEqual([['flow', 1], ['roc', 2], ['bands', 3], ['benefit', 2], ['calibration', 3], ['scores', 3]]) // prettier-ignore
  expect(figures.map(({ caption }) => caption.slice(0, 9))).toEqual([1, 2, 3, 4, 5, 6].map((number) => `Figure ${number}.`))
  const [, roc, bands, , , scores] = figures.map(({ figure }) => figure)
  const judged = analysis.evaluation.cohorts.find(({ role }) => role === 'validation')!
  expect(roc.panels[1]).toContain(`LR ${judged.models[0].auc.auc.toFixed(3)}`)
  expect(roc.data.rows.filter(([cohort, model]) => cohort === judged.cohort && model === 'LR')).toHaveLength(judged.models[0].roc.thresholds.length) // prettier-ignore
  const counted = scores.data.rows.filter(([, model]) => model === 'LR').reduce((sum, row) => sum + Number(row[4]) + Number(row[5]), 0) // prettier-ignore
  expect(counted).toBe(40)
  // The band holds the curve's own sensitivity at its specificities, and is drawn under it.
  const drawnBand = bands.data.rows.filter(([, model]) => model === 'LR')
  expect(drawnBand).toHaveLength(101)
  const { specificity, sensitivity } = judged.models[0].roc
  const inside = specificity.filter((value, i) => drawnBand.some(([, , at, lower, upper]) => Math.abs(Number(at) - value) < 0.005 && sensitivity[i] >= Number(lower) && sensitivity[i] <= Number(upper))) // prettier-ignore
  expect(inside.length).toBeGreaterThan(0.8 * specificity.length)
  expect(bands.panels[0].match(/fill-opacity="0.16"/g)).toHaveLength(1)
  expect(bands.panels[0].indexOf('fill-opacity')).toBeLessThan(bands.panels[0].indexOf('stroke-width="1.8"'))
  for (const panel of figures.flatMap(({ figure }) => figure.panels)) {
    const drawn = new new Window().DOMParser().parseFromString(panel, 'image/svg+xml')
    expect(drawn.querySelector('parsererror')).toBeNull()
    expect(panel).not.toMatch(/NaN|Infinity|undefined|href|script|url\(/)
  }
  expect(html).not.toMatch(/[/>]undefined|NaN/)
  expect(html).not.toMatch(/<script|<link|<img|@import|url\(|javascript:| on\w+=/)
  expect(html.match(/<details>/g)).toHaveLength(6)
  expect(html).toContain('f &amp; &lt;g>.csv')
})

test('what was expected before stands as so many patients beside those that there were, as texel plan says it', () => {
  expect(html).toContain('How many patients were planned is in no record')
  expect(html).not.toContain('Sample size as planned')
  const expected = { develop: { parameters: 10, prevalence: 0.4, auc: 0.75 }, validate: { prevalence: 0.4, auc: 0.75 } }
  const planned = { ...analysis, protocol: { ...analysis.protocol, plan: expected } }
  const cells = (of: Analysis) => layOutPlannedSize(of, say)!.rows.map(({ cells }) => cells)
  // pmsampsize and pmvalsampsize, of the same expectations: see planDevelopment.test.ts, planValidation.test.ts.
  const develop = planDevelopment({ parameters: 10, prevalence: 0.4, expected: { auc: 0.75 } }).needed
  const validate = planValidation({ prevalence: 0.4, auc: 0.75, predictor: { kind: 'two normals' }, observedOverExpected: 1 }).needed // prettier-ignore
  expect(cells(planned)).toEqual([
    ['training', 'prevalence 0.4, AUC 0.75, 10 parameters', String(develop.patients), String(develop.events), '50', '22'],
    ['validation', 'prevalence 0.4, AUC 0.75', String(validate.patients), String(validate.events), '40', '15'],
  ])
  expect(validate.patients).not.toBe(develop.patients)
  const { validate: others } = expected
  expect(cells({ ...planned, protocol: { ...planned.protocol, plan: { validate: others } } })).toHaveLength(1)
  const hopeless = { develop: { parameters: 10, prevalence: 0.4, auc: 0.5 + 1e-12 } }
  expect(cells({ ...planned, protocol: { ...planned.protocol, plan: hopeless } })[0][2]).toMatch(/patients/)
})

test('model cards have what a score is computed from; a machine without coefficients says so', () => {
  const { model } = analysis.path.models[0]
  const term = model.kind === 'logistic' ? model.terms[0] : null
  expect(html).toContain(`<th scope="row">${term!.name}</th><td>${Number(term!.coefficient.toPrecision(6))}</td>`)
  expect(html).toContain('A support vector machine has no coefficients of single columns')
  expect(html).toMatch(/<h2[^>]*>Sample size<\/h2>/)
})

test('Table 4 tells whether a model does in another cohort what it did in training: DeLong’s unpaired tests, each once', () => {
  const table = html.slice(html.indexOf('<caption>Table 4.'), html.indexOf('</table>', html.indexOf('<caption>Table 4.')))
  const { acrossCohorts } = analysis.evaluation
  expect(acrossCohorts.length).toBeGreaterThanOrEqual(3)
  expect(table.match(/<tr class="below">/g)).toHaveLength(acrossCohorts.length)
  for (const { first, second, difference, statistic, df } of acrossCohorts)
    for (const value of [first, second, difference, statistic].map((one) => one.toFixed(3)).concat(df!.toFixed(1)))
      expect(table).toContain(value.replace(/^-(0\.0+)$/, '$1'))
  expect(html).toContain('unpaired DeLong.')
})

test('of scores alone the figures are those of their evaluation', () => {
  const { sections } = layOutScores({ record: recordScores(analysis, study), title: 'S', run: null, answers: noAnswers }, say)
  const figures = sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure.of] : [])))
  expect(figures).toEqual(['roc', 'bands', 'benefit', 'calibration', 'scores'])
  expect(sections.map(({ of }) => of)).not.toContain('model cards')
})
