/*
 * What the simulated study shows to the program's own features, as the tables of docs/simulation.md: `npm run bench:simulation`.
 * `npm run bench:simulation -- 96` looks at 96 patients instead of 40; `npm run bench:simulation -- speed` makes the whole study by one
 * worker and by two instead, and says whether the files are the same.
 */
import { cpus } from 'node:os'
import { describeTimeIntensity, traceTimeIntensity } from '../src/core/cohort/timeIntensity.ts'
import { computeDice } from '../src/core/mask/compare/compareMasks.ts'
import { quantile } from '../src/core/numeric/quantile.ts'
import { measureBatchEffect } from '../src/core/harmonise/batchEffect.ts'
import { computeIcc } from '../src/core/select/icc.ts'
import { planStudy, type Latents, type SimulatedPatient } from '../src/core/simulate/planStudy.ts'
import { sequences, simulateImages, type Sequence } from '../src/core/simulate/simulateStudy.ts'
import { spearmanCorrelation } from '../src/core/statistics/correlation.ts'
import { columnAt, pickRows, type FeatureTable } from '../src/core/table/featureTable.ts'
import { parseParameterFile, studyParameterFile } from '../src/io/records/parameterFile.ts'
import { createNodeComputeBridge } from '../workers/computeBridge.node.ts'
import { extractAll } from './simulation/extractAll.ts'
import { measureSpeed } from './simulation/measureSpeed.ts'

const [task = '40'] = process.argv.slice(2)
const print = (text: string) => process.stdout.write(`${text}\n`)
const row = (cells: readonly (string | number)[]) => print(`| ${cells.join(' | ')} |`)
const header = (cells: readonly string[]) => {
  row(cells)
  row(cells.map(() => '---'))
}
const percent = (share: number) => `${(100 * share).toFixed(0)} %`

print(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads, Node ${process.versions.node}\n`)
if (task === 'speed') await measureSpeed(print)
else await measureSignal(Number(task))

async function measureSignal(count: number): Promise<void> {
  const study = planStudy(1)
  const patients = Array.from({ length: count }, (_, i) => study.patients[Math.floor((i * study.patients.length) / count)])
  const { effect } = study.options
  const bridge = createNodeComputeBridge({ workers: 2 })
  const parameters = parseParameterFile(studyParameterFile)
  const imagesOf = (noiseFree: boolean) => (patient: SimulatedPatient) => simulateImages(patient, effect, { noiseFree })
  try {
    showCurves(study.patients, effect)
    const clean = await extractAll(bridge, parameters, patients, imagesOf(true), ({ truth }) => truth)
    showLatents(patients, clean)
    const scanned = await extractAll(bridge, parameters, patients, imagesOf(false), ({ truth }) => truth)
    showScanners(patients, scanned)
    const reread = patients.filter((patient) => patient.reread)
    const again = await extractAll(bridge, parameters, reread, imagesOf(false), ({ second }) => second!)
    showReaders(reread, effect, scanned, again)
  } finally {
    bridge.close()
  }
}

/** With noise, blur and bias: the region's mean at the times of the phases. */
function showCurves(patients: readonly SimulatedPatient[], effect: number): void {
  const right = patients.filter((patient) => {
    const { dce, timesS, truth } = simulateImages(patient, effect)
    return describeTimeIntensity(traceTimeIntensity(dce, timesS, truth.T1WI)).type === patient.clinical.tic
  })
  print(`Type of the curve comes out right in ${right.length} of ${patients.length} patients.\n`)
}

function showLatents(patients: readonly SimulatedPatient[], tables: Readonly<Record<Sequence, FeatureTable>>): void {
  print(`Noise-free copies of ${patients.length} patients: features by Spearman's correlation with a latent.`)
  header(['sequence', 'latent', 'over 0.5', 'over 0.3', 'best'])
  for (const sequence of sequences)
    for (const latent of ['t', 'u', 'v'] as const) {
      const found = correlate(patients, latent, tables[sequence])
      const [best, rho] = found.reduce((one, other) => (other[1] > one[1] ? other : one))
      const over = (limit: number) => found.filter(([, size]) => size > limit).length
      row([sequence, latent, over(0.5), over(0.3), `${best} ${rho.toFixed(2)}`])
    }
  print('')
}

function correlate(patients: readonly SimulatedPatient[], latent: keyof Latents, table: FeatureTable): [string, number][] {
  const values = patients.map(({ latents }) => latents[latent])
  return table.columns.flatMap((name, j): [string, number][] => {
    const rho = spearmanCorrelation(columnAt(table, j), values)
    return Number.isNaN(rho) ? [] : [[name, Math.abs(rho)]]
  })
}

function showScanners(patients: readonly SimulatedPatient[], tables: Readonly<Record<Sequence, FeatureTable>>): void {
  print('Share of variance between scanners (eta squared).')
  header(['sequence', 'four scanners: median', 'over 0.2', 'the two of centre A: median'])
  const share = (table: FeatureTable, of: readonly SimulatedPatient[]) => {
    const batchOf = new Map(of.map(({ id, scanner }) => [id, scanner.id]))
    const rows = pickRows(table, of.map(({ id }) => id)) // prettier-ignore
    return measureBatchEffect(rows, batchOf).flatMap(({ partialEtaSquared: eta }) => (Number.isNaN(eta) ? [] : [eta]))
  }
  for (const sequence of sequences) {
    const all = share(tables[sequence], patients)
    const own = share(tables[sequence], patients.filter(({ centre }) => centre === 'A')) // prettier-ignore
    row([sequence, quantile(all, 0.5).toFixed(2), percent(all.filter((eta) => eta > 0.2).length / all.length), quantile(own, 0.5).toFixed(2)]) // prettier-ignore
  }
  print('')
}

function showReaders(
  patients: readonly SimulatedPatient[],
  effect: number,
  first: Readonly<Record<Sequence, FeatureTable>>,
  second: Readonly<Record<Sequence, FeatureTable>>,
): void {
  const images = patients.map((patient) => simulateImages(patient, effect))
  print(`The two readers, ${patients.length} patients: Dice, and ICC(A,1) of the features.`)
  header(['sequence', 'Dice: median', '10th percentile', 'ICC over 0.75', '10th percentile'])
  for (const sequence of sequences) {
    const dice = images.map((one) => computeDice(one.truth[sequence].voxels, one.second![sequence].voxels))
    const own = pickRows(first[sequence], second[sequence].ids)
    const iccs = own.columns.flatMap((_, j) => {
      const { icc } = computeIcc([columnAt(own, j), columnAt(second[sequence], j)]).ICC2
      return Number.isNaN(icc) ? [] : [icc]
    })
    row([sequence, quantile(dice, 0.5).toFixed(2), quantile(dice, 0.1).toFixed(2), percent(iccs.filter((icc) => icc > 0.75).length / iccs.length), quantile(iccs, 0.1).toFixed(2)]) // prettier-ignore
  }
}
