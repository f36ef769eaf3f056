import type { Seed } from '../numeric/random.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import { foldRows, makeFolds } from '../table/folds.ts'
import { applyStandardise, fitStandardise, type Standardisation } from '../table/standardise.ts'
import { patientsOf, pickTrainingRows, withFeatures, type TrainingTable } from '../table/trainingTable.ts'
import { checkTraining, pickFinite, resolveClassWeights, type ClassCounts, type ClassWeights } from './checkTraining.ts'
import { fitPlatt, plattProbability, type PlattScaling } from './fitPlatt.ts'
import { kernelValue, solveSvm, type SvmKernel } from './solveSvm.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

export interface SvmOptions {
  readonly kernel: 'linear' | 'radial'
  readonly cost: number
  /** Of the radial kernel; 1 / number of columns if left out. */
  readonly gamma?: number
  /** Multiply the cost of a patient of class 0 and 1. */
  readonly classWeights: ClassWeights
  /** Kernels add up columns, so they should have one scale. */
  readonly standardise: boolean
  /** Turn decision values into probabilities by Platt's method. */
  readonly probability: boolean
  /** For Platt's method; fewer when a class has fewer patients. */
  readonly folds: number
  readonly tolerance: number
  readonly seed: Seed
}

/** As R's `svm` of e1071, with the probability, and exact enough not to depend on the way of solving. */
export const defaultSvmOptions: SvmOptions = {
  kernel: 'radial',
  cost: 1,
  classWeights: [1, 1],
  standardise: true,
  probability: true,
  folds: 5,
  tolerance: 1e-6,
  seed: 1,
}

export interface SvmModel {
  readonly kind: 'svm'
  readonly score: 'probability' | 'decision'
  readonly columns: readonly string[]
  readonly kernel: SvmKernel
  readonly cost: number
  readonly classWeights: readonly [number, number]
  readonly standardisation: Standardisation | null
  /** Row by row, standardised if the model is: the values of training patients, so who shares the model shares these. */
  readonly supportVectors: readonly (readonly number[])[]
  /** Multiplier times sign of each support vector; decision value = sum of coefficient x kernel - rho, above 0 for class 1. */
  readonly coefficients: readonly number[]
  readonly rho: number
  readonly converged: boolean
  /** Platt's sigmoid, and the decision values it was learnt from: of machines that had not seen the patient. */
  readonly platt: (PlattScaling & { readonly folds: number; readonly outOfFold: readonly number[] }) | null
  readonly patients: ClassCounts
  readonly notes: readonly Message[]
  readonly learntFrom: readonly string[]
}

/**
 * Support vector machine for two classes (C-SVC, Cortes and Vapnik 1995; see `solveSvm`), as `svm` of R's e1071 with
 * `type = "C-classification"`. Probabilities by Platt's method on decision values of stratified, seeded folds; standardisation is
 * learnt anew in each fold.
 *
 * Degenerate: with fewer than two patients in a class, or out-of-fold decision values that do not rise with the outcome,
 * there is no probability: the score is the decision value and a note says why.
 * @throws DataError for one class only, no columns, missing or infinite values, or options out of range
 */
export function fitSvm(training: TrainingTable, options: SvmOptions = defaultSvmOptions): SvmModel {
  const patients = checkTraining(training, 'svm')
  checkOptions(options, training.columns.length)
  const classWeights = resolveClassWeights(options.classWeights, patients)
  const machine = learnMachine(training, options, classWeights)
  const { platt, notes } = options.probability
    ? calibrate(training, options, classWeights, Math.min(options.folds, ...patients))
    : { platt: null, notes: [] }
  return {
    kind: 'svm',
    score: platt ? 'probability' : 'decision',
    cost: options.cost,
    classWeights,
    ...machine,
    platt,
    patients,
    notes,
    learntFrom: training.ids,
  }
}

/**
 * Probability of class 1 for each row if the model has Platt's sigmoid, else the decision value.
 * @throws DataError that names missing columns, or patients without a value
 */
export function applySvm(model: SvmModel, table: FeatureTable): Float64Array {
  const decision = decisionValues(model, table)
  const { platt } = model
  return platt ? decision.map((value) => plattProbability(platt, value)) : decision
}

type Machine = Pick<SvmModel, 'columns' | 'kernel' | 'standardisation' | 'supportVectors' | 'coefficients' | 'rho' | 'converged'>

/** Above 0 for class 1. @throws DataError as `applySvm` */
export function decisionValues(machine: Omit<Machine, 'converged'>, table: FeatureTable): Float64Array {
  const picked = pickFinite(table, machine.columns, 'svm')
  const { values, ids } = machine.standardisation ? applyStandardise(machine.standardisation, picked) : picked
  const columns = machine.columns.length
  const points = rowMajor(values, ids.length)
  return Float64Array.from(ids, (_, i) => {
    let sum = -machine.rho
    machine.supportVectors.forEach((vector, k) => {
      sum += machine.coefficients[k] * kernelValue(machine.kernel, vector, 0, points, i * columns, columns)
    })
    return sum
  })
}

function learnMachine(training: TrainingTable, options: SvmOptions, classWeights: readonly [number, number]): Machine {
  const standardisation = options.standardise ? fitStandardise(training) : null
  const { values } = standardisation ? withFeatures(training, applyStandardise(standardisation, training)) : training
  const { columns, ids, outcome } = training
  const points = rowMajor(values, ids.length)
  const kernel: SvmKernel =
    options.kernel === 'linear' ? { name: 'linear' } : { name: 'radial', gamma: options.gamma ?? 1 / columns.length }
  const signs = Int8Array.from(outcome, (label) => 2 * label - 1)
  const { alpha, rho, converged } = solveSvm({
    points,
    columns: columns.length,
    signs,
    bounds: Float64Array.from(outcome, (label) => options.cost * classWeights[label]),
    kernel,
    tolerance: options.tolerance,
  })
  const support = Array.from(alpha.keys()).filter((i) => alpha[i] > 0)
  return {
    columns,
    kernel,
    standardisation,
    supportVectors: support.map((i) => Array.from(points.subarray(i * columns.length, (i + 1) * columns.length))),
    coefficients: support.map((i) => alpha[i] * signs[i]),
    rho,
    converged,
  }
}

function calibrate(
  training: TrainingTable,
  options: SvmOptions,
  classWeights: readonly [number, number],
  folds: number,
): { platt: SvmModel['platt']; notes: Message[] } {
  if (folds < 2) return { platt: null, notes: [tell('svm-lone-patient', {})] }
  const { outcome } = training
  const foldOf = makeFolds({ outcome, patients: patientsOf(training), folds, seed: options.seed })
  const outOfFold = new Float64Array(outcome.length)
  for (let fold = 0; fold < folds; fold++) {
    const { inside, outside } = foldRows(foldOf, fold)
    const machine = learnMachine(pickTrainingRows(training, inside), options, classWeights)
    decisionValues(machine, pickTrainingRows(training, outside)).forEach((value, i) => (outOfFold[outside[i]] = value))
  }
  const scaling = fitPlatt(outOfFold, outcome)
  if (scaling.a < 0) return { platt: { ...scaling, folds, outOfFold: Array.from(outOfFold) }, notes: [] }
  return {
    platt: null,
    notes: [tell('svm-no-rise', {})],
  }
}

function rowMajor(values: Float64Array, rows: number): Float64Array {
  const columns = values.length / rows
  return values.map((_, at) => values[(at % columns) * rows + Math.floor(at / columns)])
}

function checkOptions({ cost, gamma, folds }: SvmOptions, columns: number) {
  if (columns === 0) throw refuse('svm-no-column', {})
  if (!(cost > 0 && cost < Infinity)) throw refuse('svm-cost', { given: cost })
  if (gamma !== undefined && !(gamma > 0 && gamma < Infinity)) throw refuse('svm-gamma', { given: gamma })
  if (!Number.isInteger(folds) || folds < 2) throw refuse('svm-folds', { given: folds })
}
