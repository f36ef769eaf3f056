import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { beforeAll, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { defaultNoiseStudy, simulateNoiseStudy } from '../src/core/simulate/simulateNoiseStudy.ts'
import { fileOf } from '../src/io/results/reportSections.ts'
import { parseProtocolFile } from '../src/io/records/protocolFile.ts'
import type { TravellingAnalysis } from '../src/io/studyFile/analysisFiles.ts'
import { madeAnalysis, madeStudy, writeMade } from '../src/io/studyFile/madeStudyFile.ts'
import { readStudy } from '../src/io/tables/readStudy.ts'
import { formatFeatures, formatTable, parseCsv, tableOfRows } from '../src/io/tables/tableFile.ts'
import { createNodeStatisticsBridge } from '../workers/statisticsBridge.node.ts'
import { runProgram } from './runProgram.ts'
import { builtWorker, interruptProgram } from './testProgram.ts'

let folder: string

const texel = (...args: string[]) => runProgram(args, folder)
const readJson = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as never

/** The report says when the run was. */
const withoutTimes = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')

const protocol = `
seed: 3
outcome: { column: HER2, positive: pos }
harmonise: { mode: reference, batch: [scanner] }
select:
  - { method: rankSum, alpha: 0.1 }
  - { method: boruta, trees: 40, maximumRuns: 12, roughFix: true }
models:
  - { method: logistic }
  - { method: forest, trees: 40 }
  - { method: svm, kernel: linear }
evaluate: { bootstraps: 100 }
resample: { folds: 2, bootstraps: 2 }
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-analyse-'))
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 40, batches: 2, training: { patients: 80, positives: 30 }, validation: { patients: 60, positives: 20 } }) // prettier-ignore
  const { ids, values } = study.features
  // Two features know something.
  for (let i = 0; i < 2 * ids.length; i++) values[i] += 1.5 * study.outcomeOf.get(ids[i % ids.length])!
  await writeFile(join(folder, 'F.csv'), formatFeatures(study.features))
  await writeFile(join(folder, 'P.yaml'), protocol)
  const rows = ids.map((id) => [id, study.cohortOf.get(id)!, study.batchOf.get(id)!, study.outcomeOf.get(id) === 1 ? 'pos' : 'neg', 40 + ids.indexOf(id) % 31]) // prettier-ignore
  await writeFile(join(folder, 'C.csv'), formatTable(['id', 'cohort', 'scanner', 'HER2', 'age'], rows))
})

test('a study file with its analysis gives the same digits as its tables, and results that are other than in it are named', async () => {
  const given = async (name: string) => new File([await readFile(join(folder, name))], name)
  const [features, clinical] = [await given('F.csv'), await given('C.csv')]
  const settled = parseProtocolFile(protocol, 'P.yaml')
  const table = async (file: File) => tableOfRows(parseCsv(await file.text(), file.name), file.name)
  const records: TravellingAnalysis['records'][number][] = []
  const bridge = createNodeStatisticsBridge(1, builtWorker('statistics'))
  const { study } = readStudy(await table(features), await table(clinical), settled)
  await bridge.analyse(study, settled, { stages: { have: () => undefined, onStage: (key, record) => void records.push({ key, record }) } }) // prettier-ignore
  bridge.close()
  const other = { ...settled, outcome: { column: 'HER2', positive: 'neg' } }
  const tasks = [settled, other].map((one, id) => ({ task: { id, table: 'clinical' as const, ...one.outcome, positive: one.outcome.positive! }, protocol: one, firstLook: null })) // prettier-ignore
  const analysis = {
    ...madeAnalysis(),
    features,
    clinical,
    protocol: settled,
    firstLook: null,
    tasks: { inHand: 0, all: tasks },
    records,
  }
  const write = async (name: string, content: TravellingAnalysis | null) => writeFile(join(folder, name), await writeMade(await madeStudy(), {}, null, content)) // prettier-ignore
  await write('s.texel.zip', analysis)

  const tables = await texel('analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'tables') // prettier-ignore
  const bundled = await texel('analyse', '--bundle', 's.texel.zip', '--output', 'bundle')
  expect([tables.exitCode, bundled.exitCode]).toEqual([0, 0])
  expect(bundled.stderr).toContain(`${records.length} of ${records.length} results are those of s.texel.zip, to the last digit.`)
  const names = (await readdir(join(folder, 'tables'), { recursive: true })).filter((name) => /\.(csv|json|txt|yaml)$/.test(name) && name !== 'run.json') // prettier-ignore
  expect(names.length).toBeGreaterThan(25)
  for (const name of names) expect(await readFile(join(folder, 'bundle', name), 'utf8'), name).toBe(await readFile(join(folder, 'tables', name), 'utf8')) // prettier-ignore
  expect(await readJson('bundle/run.json')).toMatchObject({ inputs: [{ role: 'bundle', file: 's.texel.zip' }, { role: 'features', file: 'study-features.csv' }, { role: 'clinical', file: 'study-clinical.csv' }] }) // prettier-ignore

  // What Texel measured is said to be so in the study's own report alone.
  expect(await readJson('tables/run.json')).toMatchObject({ extracted: null, thaws: null, cohortsBy: null })
  expect(await readJson('bundle/run.json')).toMatchObject({
    extracted: { to: 'PyRadiomics 3.0.1' },
    thaws: 1,
    cohortsBy: 'centre',
  })
  const reports = await Promise.all(['tables', 'bundle'].map((name) => readFile(join(folder, name, 'report.html'), 'utf8')))
  expect(reports.map((html) => html.includes('Features were measured by Texel'))).toEqual([false, true])
  expect(reports.map((html) => html.includes('fixed and opened again once'))).toEqual([false, true])

  const [first, ...rest] = records
  await write('d.texel.zip', { ...analysis, records: [{ ...first, record: { ...first.record, value: 'other' } }, ...rest] })
  const differs = await texel('analyse', '--bundle', 'd.texel.zip', '--output', 'differs')
  expect(differs.exitCode).toBe(1)
  expect(differs.stderr).toContain(`${rest.length} of ${records.length} results are those of d.texel.zip, to the last digit; other than in it: ${first.record.stage}; it was written by texel 1.2.3.`) // prettier-ignore
  const second = await texel('analyse', '--bundle', 's.texel.zip', '--task', '2', '--output', 'second')
  expect(second.exitCode).toBe(0)
  expect(await readFile(join(folder, 'second/protocol.yaml'), 'utf8')).toContain('positive: neg')

  const refused = async (...args: string[]) => {
    const { exitCode, stderr } = await texel('analyse', ...args, '--output', 'refused')
    expect(exitCode).toBe(2)
    return stderr
  }
  expect(await refused('--bundle', 's.texel.zip', '--task', '3')).toBe('There is no task 3; there is 1 (HER2), 2 (HER2).\n')
  await write('n.texel.zip', null)
  expect(await refused('--bundle', 'n.texel.zip')).toContain('n.texel.zip has no analysis: analyse the study’s own table')
  expect(await refused('--features', 'F.csv')).toContain('Give --features and --clinical, or --bundle')
  expect(await refused('--bundle', 's.texel.zip', '--features', 'F.csv')).toContain('cannot be used with option')
})

test('a whole study goes from two tables to its files, the same for 1 and 3 workers', async () => {
  for (const [output, workers] of [
    ['one', '1'],
    ['three', '3'],
  ]) {
    const run = await texel('analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', output, '--workers', workers) // prettier-ignore
    expect(run.stderr).toContain('Features: 40 candidates; left after rankSum')
    expect(run.exitCode).toBe(0)
  }
  const names = (await readdir(join(folder, 'one'), { recursive: true })).sort()
  const tables = ['auc', 'batch_effect', 'calibration', 'calibration_curve', 'coefficients', 'components', 'cutoffs', 'dca', 'dca_differences', 'dca_ranges', 'delong', 'folds', 'importance', 'roc', 'scores', 'scores_apparent', 'scores_out_of_fold', 'table1', 'table2', 'table3', 'thresholds', 'univariable'].map((name) => `${name}.csv`) // prettier-ignore
  expect(names).toEqual([...tables, 'combat.json', 'evaluation.json', 'harmonised.csv', 'models', 'models/LR.json', 'models/RF.json', 'models/SVM.json', 'notes.txt', 'optimism.json', 'protocol.yaml', 'relations.json', 'repeat.R', 'report.html', 'resampling.json', 'run.json', 'selection.json', 'split.json'].sort()) // prettier-ignore
  for (const name of names.filter((name) => name !== 'models' && name !== 'run.json'))
    expect(withoutTimes(await readFile(join(folder, 'three', name), 'utf8')), name).toBe(withoutTimes(await readFile(join(folder, 'one', name), 'utf8'))) // prettier-ignore
  const notes = await readFile(join(folder, 'one/notes.txt'), 'utf8')
  expect(notes).toContain('Positive is HER2 = pos; negative is neg.\n')
  expect(notes).toMatch(
    /Wilcoxon rank-sum test: \d+ kept of 40 at P < 0.1; 4 are expected below it by chance, \d+ are left after/,
  )
  expect(notes).toContain('Confirmed columns are therefore too many by chance.')
  expect(notes).toMatch(/Nested cross-validation, RF: mean AUC within 2 folds 0\.\d{3}\./)
  expect(notes).toMatch(/Optimism by 2 bootstrap samples, RF: apparent AUC 1.000, corrected 0\.\d{3}, out of bag 0\.\d{3}\./)
  expect(notes).toContain('LR: P, standard errors and odds ratios are not corrected for selection.')
  const { cohorts } = (await readJson('one/evaluation.json')) as { cohorts: { cohort: string; scoresFrom: string | null; models: { scoresFrom: string; auc: { auc: number } }[] }[] } // prettier-ignore
  expect(cohorts.map(({ cohort, scoresFrom }) => [cohort, scoresFrom])).toEqual([['training', null], ['training', 'apparent'], ['training', 'out-of-fold'], ['validation', 'new']]) // prettier-ignore
  expect(new Set(cohorts[0].models.map(({ scoresFrom }) => scoresFrom))).toEqual(new Set(['apparent', 'out-of-bag']))
  expect(cohorts[3].models[0].auc.auc).toBeGreaterThan(0.7)
})

test('report.html says what the files beside it hold: every sentence names a place that is there, Table 2 is table2.csv', async () => {
  const html = await readFile(join(folder, 'one/report.html'), 'utf8')
  const places = [...html.matchAll(/data-record="([^"]+)"/g)].map(([, record]) => record)
  expect(places.length).toBeGreaterThan(40)
  const files = new Set(places.map(fileOf))
  expect([...files].sort()).toEqual(['combat.json', 'evaluation.json', 'models/LR.json', 'models/RF.json', 'models/SVM.json', 'optimism.json', 'resampling.json', 'run.json', 'selection.json', 'split.json']) // prettier-ignore
  for (const record of places) {
    const path = record.split('/').slice(record.startsWith('models/') ? 2 : 1)
    const file: unknown = await readJson(`one/${fileOf(record)}`)
    const found = path.reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], file)
    expect(found, record).toBeDefined()
  }
  const [, ...rows] = (await readFile(join(folder, 'one/table2.csv'), 'utf8')).trim().split('\n')
  const text = html.replaceAll(/<\/?span[^>]*>/g, '').replaceAll(/<td[^>]*>/g, '<td>')
  for (const row of rows) expect(text).toContain(`<td>${row.match(/\d\.\d{3} \(\d\.\d{3}-\d\.\d{3}\)/)![0]}</td>`)
  const { inputs, protocolSha256 } = (await readJson('one/run.json')) as { inputs: { sha256: string }[]; protocolSha256: string }
  for (const sha256 of [...inputs.map((input) => input.sha256), protocolSha256]) expect(html).toContain(sha256)
  expect(html).toContain('Agreement of readers: features were not tested')
})

test('tables have no column that only numbers the rows and no row twice; each interval names its kind', async () => {
  const names = (await readdir(join(folder, 'one'))).filter((name) => name.endsWith('.csv'))
  for (const name of names) {
    const [header, ...lines] = (await readFile(join(folder, 'one', name), 'utf8')).trim().split('\n')
    expect(new Set(lines).size, name).toBe(lines.length)
    expect(
      lines.every((line, i) => line.startsWith(`${i + 1},`)),
      name,
    ).toBe(false)
    if (/(^|,)lower,/.test(header)) expect(header, name).toContain('interval')
  }
  const cohorts = (name: string) => readFile(join(folder, 'one', name), 'utf8').then((text) => text.split('\n').filter((line) => line.startsWith('"training, apparent"')).map((line) => line.split(',')[2])) // prettier-ignore
  // The apparent scores of the other models are those that are carried on.
  expect(new Set(await cohorts('table2.csv'))).toEqual(new Set(['RF']))
  expect(await readFile(join(folder, 'one/table2.csv'), 'utf8')).toMatch(/^cohort,model,AUC \(95 % CI\),ACC \(95 % CI\),SEN .*,intervals,.*\ntraining,LR,0\.\d{3} \(0\.\d{3}-[01]\.\d{3}\),.*,AUC: DeLong; the others: Clopper-Pearson,/) // prettier-ignore
  expect(await readFile(join(folder, 'one/table1.csv'), 'utf8')).toMatch(
    /^variable,level,training \(n=80\),validation \(n=60\),p,/,
  )
})

test('run.json says with what, from what and when; a folder with the files of a run is refused, or cleared on request', async () => {
  const record = await readJson('one/run.json') as { texel: string; seeds: { study: number }; inputs: { role: string; file: string; sha256: string }[]; files: { name: string; sha256: string }[]; startedAt: string; endedAt: string; protocol: object } // prettier-ignore
  const sha256 = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex')
  expect(record.inputs.map(({ role, file }) => [role, file])).toEqual([['features', 'F.csv'], ['clinical', 'C.csv'], ['protocol', 'P.yaml']]) // prettier-ignore
  for (const { file, sha256: said } of record.inputs) expect(said).toBe(await sha256(file))
  for (const { name, sha256: said } of record.files) expect(said, name).toBe(await sha256(`one/${name}`))
  expect(record).toMatchObject({ texel: packageJson.version, seeds: { study: 3 }, protocol: { seed: 3 } })
  expect(Date.parse(record.endedAt)).toBeGreaterThanOrEqual(Date.parse(record.startedAt))

  await writeFile(join(folder, 'quick.yaml'), 'seed: 3\noutcome: { column: HER2, positive: pos }\nharmonise: { method: none }\nselect: [{ method: rankSum, alpha: 0.1 }]\nmodels: [{ method: forest, trees: 2 }]\nevaluate: { bootstraps: 100, intervals: bootstrap, thresholds: { from: 0.1, to: 0.3, step: 0.1 } }\nresample: { repeats: 0 }\n') // prettier-ignore
  await writeFile(join(folder, 'three/mine.txt'), 'mine')
  const again = (...more: string[]) => texel('analyse', '--protocol', 'quick.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'three', ...more) // prettier-ignore
  const before = await readFile(join(folder, 'three/run.json'), 'utf8')
  const refused = await again()
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringMatching(/^three holds the files of another run .* add --overwrite/)]) // prettier-ignore
  expect(await readFile(join(folder, 'three/run.json'), 'utf8')).toBe(before)
  const cleared = await again('--overwrite')
  expect(cleared.exitCode, cleared.stderr).toBe(0)
  const left = await readdir(join(folder, 'three'))
  expect(left).toContain('mine.txt')
  expect(left).not.toContain('combat.json')
  expect(await readdir(join(folder, 'three/models'))).toEqual(['RF.json'])
  const thresholds = (await readFile(join(folder, 'three/dca.csv'), 'utf8')).split('\n').filter((line) => line.startsWith('validation')).map((line) => line.split(',')[3]) // prettier-ignore
  expect(thresholds).toEqual(['0.1', '0.2', '0.3'])
  expect(await readFile(join(folder, 'three/table2.csv'), 'utf8')).toContain('ACC: Clopper-Pearson; the others: stratified bootstrap') // prettier-ignore
})

test('--onnx writes each model a second time, and the record of the run lists it', async () => {
  const run = await texel('analyse', '--protocol', 'quick.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'outside', '--onnx') // prettier-ignore
  expect(run.exitCode, run.stderr).toBe(0)
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const onnx = await readFile(join(folder, 'outside/models/RF.onnx'))
  const { files } = await readJson('outside/run.json') as { files: { name: string; sha256: string }[] } // prettier-ignore
  expect(files).toContainEqual({ name: 'models/RF.onnx', sha256: sha256(onnx) })
  expect(onnx.includes(sha256(await readFile(join(folder, 'outside/models/RF.json'))))).toBe(true)
  const { inputNames, outputNames } = await ort.InferenceSession.create(onnx, { executionProviders: ['wasm'] })
  expect([inputNames, outputNames]).toEqual([['features'], ['label', 'probability']])
})

test('looks at validation are counted along the runs, and what changed between them is told', async () => {
  const first = (await readJson('one/run.json')) as { endedAt: string; protocolSha256: string; looks: object[] }
  const look = { cohort: 'validation', patients: 60, first: { at: first.endedAt, protocolSha256: first.protocolSha256 } }
  expect(first.looks).toEqual([expect.objectContaining({ ...look, looks: 1, protocolChanges: 0 })])
  await writeFile(join(folder, 'later.yaml'), 'seed: 4\noutcome: { column: HER2, positive: pos }\nharmonise: { method: none }\nselect: [{ method: rankSum, alpha: 0.1 }]\nmodels: [{ method: logistic, clinical: [age] }]\nevaluate: { bootstraps: 100 }\nresample: { repeats: 0 }\n') // prettier-ignore
  const later = (...more: string[]) => texel('analyse', '--protocol', 'later.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'later', ...more) // prettier-ignore
  const run = await later('--after', 'one')
  expect(run.exitCode, run.stderr).toBe(0)
  expect(run.stderr).toMatch(/Since the run of .* the protocol changed in \d+ places: seed 3 → 4; .*select\.1 .* → \(not there\)/)
  expect(run.stderr).toContain('The tables are the same.')
  expect(await readFile(join(folder, 'later/notes.txt'), 'utf8')).toContain(
    `looks until now: 2, protocol changes between them: 1.`,
  )
  expect(await readJson('later/run.json')).toMatchObject({ looks: [{ ...look, looks: 2, protocolChanges: 1 }], after: { protocolSha256: first.protocolSha256 } }) // prettier-ignore
  // A model that looks at the clinical table asks for it.
  const predict = (...more: string[]) => texel('predict', '--model', 'later/models/LR.json', '--features', 'F.csv', '--output', 'K.csv', ...more) // prettier-ignore
  const blind = await predict()
  expect([blind.exitCode, blind.stderr]).toEqual([2, expect.stringContaining('looks at age of a clinical table: name it with --clinical.')]) // prettier-ignore
  expect((await predict('--clinical', 'C.csv')).exitCode).toBe(0)
  const lastScore = async (name: string) => (await readFile(join(folder, name), 'utf8')).trim().split(',').at(-1)
  expect(await lastScore('K.csv')).toBe(await lastScore('later/scores.csv'))
  // An overwritten run has been looked at too, named or not.
  await later('--overwrite')
  expect(await readJson('later/run.json')).toMatchObject({ looks: [{ ...look, looks: 3, protocolChanges: 1 }] })
  const none = await later('--overwrite', '--after', 'F.csv')
  expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('F.csv is no JSON')])
})

test('patients whom every tree drew have no out-of-bag score', async () => {
  const { model } = (await readJson('three/models/RF.json')) as { model: { learntFrom: number; training: { 'out-of-bag': (number | null)[] } } } // prettier-ignore
  const { training } = (await readJson('three/split.json')) as { training: string[] }
  const [header, ...rows] = (await readFile(join(folder, 'three/scores.csv'), 'utf8')).trim().split('\n').map((line) => line.split(',')) // prettier-ignore
  const scoreOf = new Map(rows.map((row) => [row[0], row[header.indexOf('RF')]]))
  const expected = model.training['out-of-bag'].map((score) => (score === null ? '' : String(score)))
  expect(model.learntFrom).toBe(training.length)
  expect(training.map((id) => scoreOf.get(id))).toEqual(expected)
  const without = expected.filter((score) => score === '').length
  expect(without).toBeGreaterThan(0)
  expect(await readFile(join(folder, 'three/notes.txt'), 'utf8')).toContain(`RF has no out-of-bag score of ${without} patients`)
  expect(await readFile(join(folder, 'three/auc.csv'), 'utf8')).toContain(
    `training,RF,out-of-bag after selection,${80 - without},`,
  )
})

test('its parts can be redone by themselves: select, predict, evaluate', async () => {
  await writeFile(join(folder, 'train.txt'), Array.from({ length: 80 }, (_, i) => `t${i + 1}\n`).join(''))
  const selected = await texel('select', '--protocol', 'P.yaml', '--features', 'one/harmonised.csv', '--outcome', 'HER2', '--outcomes', 'C.csv', '--positive', 'pos', '--train', 'train.txt', '--output', 'selection.json') // prettier-ignore
  expect(selected.stderr).toContain('40 features; left after')
  expect(await readJson('selection.json')).toEqual(await readJson('one/selection.json'))

  await writeFile(join(folder, 'stranger.txt'), 't1\nt2\nx1\n')
  const stranger = await texel('select', '--features', 'F.csv', '--outcome', 'HER2', '--outcomes', 'C.csv', '--train', 'stranger.txt', '--output', 'never.json') // prettier-ignore
  expect([stranger.exitCode, stranger.stderr]).toEqual([1, expect.stringContaining('1 training patients have no HER2: x1.')])

  const predicted = await texel('predict', '--model', 'one/models/LR.json', '--features', 'one/harmonised.csv', '--harmonised', '--output', 'S.csv') // prettier-ignore
  expect(predicted.exitCode).toBe(0)
  const scoreOf = async (file: string, id: string, column: string) => {
    const [header, ...rows] = (await readFile(join(folder, file), 'utf8')).trim().split('\n').map((line) => line.split(',')) // prettier-ignore
    return Number(rows.find(([first]) => first === id)![header.indexOf(column)])
  }
  expect(await scoreOf('S.csv', 'v5', 'LR')).toBe(await scoreOf('one/scores.csv', 'v5', 'LR'))

  const evaluated = await texel('evaluate', '--scores', 'one/scores.csv', '--outcome', 'outcome', '--probabilities', 'LR,RF,SVM', '--train-cohort', 'training', '--output', 'E.json') // prettier-ignore
  expect(evaluated.exitCode).toBe(0)
})

test('predict harmonises by the record of the analysis; scanners it has not seen are refused, join or are marked, as asked', async () => {
  const predict = (batches: string, ...more: string[]) => texel('predict', '--model', 'one/models/LR.json', '--features', 'F.csv', '--combat', 'one/combat.json', '--batch', 'scanner', '--batches', batches, '--output', 'P.csv', ...more) // prettier-ignore
  const scoresOf = async (file: string) => {
    const [header, ...rows] = (await readFile(join(folder, file), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    return new Map(rows.map((row) => [row[0], { score: Number(row[header.indexOf('LR')]), combat: row[header.indexOf('diagnostics_combat')] }])) // prettier-ignore
  }
  const known = await predict('C.csv')
  expect([known.exitCode, known.stderr]).toEqual([0, expect.stringContaining('140 patients scored by LR')])
  const [ours, study] = [await scoresOf('P.csv'), await scoresOf('one/scores.csv')]
  for (const id of ['t3', 'v5', 'v60']) expect(ours.get(id)!.score).toBe(study.get(id)!.score)

  // 30 patients of one new scanner, 5 of another.
  const renamed = (await readFile(join(folder, 'C.csv'), 'utf8')).split('\n').map((line) => {
    const [id, cohort, scanner, ...rest] = line.split(',')
    const number = id.startsWith('v') ? Number(id.slice(1)) : 0
    return [id, cohort, number >= 31 ? 'Vida' : number >= 26 ? 'Amira' : scanner, ...rest].join()
  })
  await writeFile(join(folder, 'renamed.csv'), renamed.join('\n'))
  const refused = await predict('renamed.csv')
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('Vida')])
  const small = await predict('renamed.csv', '--join')
  expect([small.exitCode, small.stderr]).toEqual([1, expect.stringContaining('Amira')])
  const both = await predict('renamed.csv', '--join', '--leave-unseen')
  expect(both.stderr).toContain('Vida joined by its own 30 patients, without labels.')
  expect(both.stderr).toContain('NOT HARMONISED (column diagnostics_combat): v26, v27, v28, v29, v30.')
  const joined = await scoresOf('P.csv')
  expect(['v5', 'v26', 'v60'].map((id) => joined.get(id)!.combat)).toEqual(['harmonised', 'not harmonised', 'harmonised'])
  expect(joined.get('v5')!.score).toBe(study.get('v5')!.score)
  await predict('renamed.csv', '--leave-unseen')
  expect((await scoresOf('P.csv')).get('v60')).toMatchObject({ combat: 'not harmonised' })
  expect((await scoresOf('P.csv')).get('v60')!.score).not.toBe(joined.get('v60')!.score)

  // The scanner among the features is no feature.
  const scannerOf = new Map((await readFile(join(folder, 'C.csv'), 'utf8')).trim().split('\n').map((line) => [line.split(',')[0], line.split(',')[2]])) // prettier-ignore
  const wide = (await readFile(join(folder, 'F.csv'), 'utf8')).trim().split('\n').map((line) => `${line},${scannerOf.get(line.split(',')[0])}`) // prettier-ignore
  await writeFile(join(folder, 'wide.csv'), `${wide.join('\n')}\n`)
  const inOne = await texel('predict', '--model', 'one/models/LR.json', '--features', 'wide.csv', '--combat', 'one/combat.json', '--batch', 'scanner', '--output', 'P.csv') // prettier-ignore
  expect(inOne.exitCode, inOne.stderr).toBe(0)
  expect((await scoresOf('P.csv')).get('v5')!.score).toBe(study.get('v5')!.score)

  // The ComBat of the model's own file does the same; without the scanner nobody is harmonised.
  const byOwn = (...more: string[]) => texel('predict', '--model', 'one/models/LR.json', '--output', 'O.csv', ...more)
  const own = await byOwn('--features', 'wide.csv')
  expect(own.exitCode, own.stderr).toBe(0)
  expect(await readFile(join(folder, 'O.csv'), 'utf8')).toBe(await readFile(join(folder, 'P.csv'), 'utf8'))
  await predict('renamed.csv', '--join', '--leave-unseen')
  const joinedByOwn = await byOwn('--features', 'F.csv', '--batches', 'renamed.csv', '--join', '--leave-unseen')
  expect(joinedByOwn.stderr).toContain('Vida joined by its own 30 patients, without labels.')
  expect(await readFile(join(folder, 'O.csv'), 'utf8')).toBe(await readFile(join(folder, 'P.csv'), 'utf8'))
  const lone = await byOwn('--features', 'F.csv')
  expect([lone.exitCode, lone.stderr]).toEqual([2, expect.stringContaining('name the batch (scanner) with --batch')])
  const contrary = await byOwn('--features', 'F.csv', '--harmonised', '--join')
  expect([contrary.exitCode, contrary.stderr]).toEqual([2, expect.stringContaining('leave out --harmonised')])
})

test('patients who cannot be harmonised go on as measured only on request, and are marked', async () => {
  await writeFile(join(folder, 'P3.yaml'), `${protocol.replace('mode: reference', 'mode: training only, allowUnharmonised: true').replace('folds: 2, bootstraps: 2', 'repeats: 0')}missing: median of training\n`) // prettier-ignore
  const [header, first, ...rest] = (await readFile(join(folder, 'F.csv'), 'utf8')).split('\n')
  const cells = first.split(',')
  await writeFile(join(folder, 'F3.csv'), [header, [...cells.slice(0, 39), '', cells[40]].join(','), ...rest].join('\n'))
  const run = await texel('analyse', '--protocol', 'P3.yaml', '--features', 'F3.csv', '--clinical', 'C.csv', '--output', 'left')
  expect(run.stderr).toContain('Not harmonised, as their batches could not be: v1, v3, v5, v7, v9 and 55 more.')
  expect(run.stderr).toContain('With missing values in training, kept: feature39.')
  expect(run.stderr).toContain('Imputed by the median of training in training: 1 value of 1 feature.')
  const marks = async (name: string) => (await readFile(join(folder, 'left', name), 'utf8')).split('\n').map((line) => line.split(',')[1]) // prettier-ignore
  for (const name of ['scores.csv', 'harmonised.csv']) {
    const [title, ...values] = await marks(name)
    expect([title, values[79], values[80]]).toEqual(['diagnostics_combat', 'harmonised', 'not harmonised'])
  }
  expect(await readJson('left/split.json')).toMatchObject({ notHarmonised: expect.arrayContaining(['v1', 'v60']), imputed: [] })
  const evaluated = await texel('evaluate', '--scores', 'left/scores.csv', '--outcome', 'outcome', '--train-cohort', 'training', '--output', 'E.json') // prettier-ignore
  expect(evaluated.exitCode).toBe(0)
})

test.each([
  ['P2.yaml', 'selekt: []\n', 2, 'P2.yaml, line 1, selekt: unknown name; did you mean select?'],
  ['P2.yaml', 'outcome: { column: HER3 }\n', 1, 'C.csv has no column HER3; did you mean HER2?'],
  ['P2.yaml', 'outcome: { column: HER2, positive: high }\n', 1, 'has no value high; it has neg and pos'],
  ['P2.yaml', 'outcome: { column: HER2, positive: pos }\ncohort: { training: centre I }\n', 1, 'no cohort centre I to learn from; the cohorts are training, validation'],
  ['P2.yaml', 'outcome: { column: HER2, positive: pos }\nharmonise: { mode: training only }\n', 1, 'ComBat was not fitted with batch'],
  ['P2.yaml', 'outcome: { column: HER2, positive: pos }\n', 1, 'nobody was read twice'],
])('%s with %j ends with %i and says why', async (name, text, code, message) => {
  await writeFile(join(folder, name), text)
  const run = await texel('analyse', '--protocol', name, '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'bad')
  expect(run.stderr).toContain(message)
  expect(run.exitCode).toBe(code)
}) // prettier-ignore

test('a result folder that cannot be made is told', async () => {
  await writeFile(join(folder, 'taken'), '')
  const run = await texel('analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'taken')
  expect([run.exitCode, run.stderr]).toEqual([2, expect.stringMatching(/^The folder taken cannot be made: EEXIST[^\n]*\n$/)])
})

test('folds and bootstrap samples in pieces, each a command of its own, give the same digits, and are not computed again', async () => {
  const study = ['analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--workers', '2']
  const told = []
  for (const k of [3, 1, 2]) told.push(await texel(...study, '--stages', 'stages', '--piece', `${k}/3`))
  expect(told.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, 'Piece 3/3: 1 of 4 folds and bootstrap samples.\n'],
    [0, 'Piece 1/3: 2 of 4 folds and bootstrap samples.\n'],
    [0, 'Piece 2/3: 1 of 4 folds and bootstrap samples.\n'],
  ])
  const stages = async () => {
    const names = (await readdir(join(folder, 'stages'))).sort()
    return Promise.all(names.map(async (name) => [name, (await stat(join(folder, 'stages', name))).mtimeMs] as const))
  }
  const ofPieces = await stages()
  // A selection and three models of each.
  expect(ofPieces).toHaveLength(4 * 4)
  expect((await texel(...study, '--output', 'pieces', '--stages', 'stages')).exitCode).toBe(0)
  expect(await stages()).toEqual(expect.arrayContaining(ofPieces))
  await texel(...study, '--output', 'whole')
  const names = (await readdir(join(folder, 'whole'))).filter((name) => !['run.json', 'report.html', 'models'].includes(name))
  expect(names.length).toBeGreaterThan(20)
  for (const name of [...names, 'models/RF.json', 'models/LR.json', 'models/SVM.json'])
    expect(await readFile(join(folder, 'pieces', name)), name).toEqual(await readFile(join(folder, 'whole', name)))
})

test('a record that is none is told, with its file', async () => {
  const study = ['analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--stages', 'broken']
  expect((await texel(...study, '--piece', '1/4')).exitCode).toBe(0)
  const [name] = await readdir(join(folder, 'broken'))
  await writeFile(join(folder, 'broken', name), '{')
  const { exitCode, stderr } = await texel(...study, '--piece', '1/4')
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(name)])
})

test.each([
  [[], 'Give --output, or --piece with --stages'],
  [['--piece', '1/2'], 'Give --stages too'],
  [['--piece', '1/2', '--stages', 's', '--output', 'o'], 'cannot be used with'],
  [['--piece', '3/2', '--stages', 's'], 'as in 1/4 to 4/4'],
])('pieces: %j is refused', async (more, message) => {
  const { exitCode, stderr } = await texel('analyse', '--features', 'F.csv', '--clinical', 'C.csv', ...more)
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('Ctrl+C ends a study with 130 and half a result nowhere', async () => {
  await writeFile(join(folder, 'long.yaml'), protocol.replace('trees: 40, maximumRuns: 12', 'trees: 5000, maximumRuns: 1000'))
  const args = ['analyse', '--protocol', 'long.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'never', '--workers', '2'] // prettier-ignore
  expect(await interruptProgram(args, folder)).toEqual({ exitCode: 130, signal: null })
  expect(await readdir(join(folder, 'never'))).toEqual([])
})

test('tables that share no patient, and patients without clinical data, are told', async () => {
  await writeFile(join(folder, 'other.csv'), 'id,cohort,scanner,HER2\nx1,training,a,pos\nx2,training,b,neg\n')
  const none = await texel('analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'other.csv', '--output', 'bad') // prettier-ignore
  expect(none.stderr).toContain('share no patient')
  await writeFile(join(folder, 'few.csv'), 'id,cohort,scanner,HER2\nt1,training,a,pos\nt2,training,b,neg\n')
  const few = await texel('analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'few.csv', '--output', 'bad') // prettier-ignore
  expect(few.stderr).toContain('has no row for 138 patients')
})

test('the built-in protocol and its schema are printed', async () => {
  expect((await texel('protocol')).stdout).toContain('method: rankSum')
  expect(JSON.parse((await texel('protocol', '--schema')).stdout)).toHaveProperty('properties.select')
})
