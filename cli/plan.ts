import { Option, type Command } from 'commander'
import { defaultDevelopmentTargets, mostParameters, planDevelopment, type DevelopmentPlan, type DevelopmentTargets, type ExpectedFit } from '../src/core/statistics/planDevelopment.ts' // prettier-ignore
import { defaultValidationTargets, planValidation, type PredictorDistribution, type ValidationPlan } from '../src/core/statistics/planValidation.ts' // prettier-ignore
import { UsageError } from './usageError.ts'
import { DataError } from '../src/core/messages/message.ts'
import { sayError } from '../src/messages/say.ts'

interface DevelopOptions extends DevelopmentTargets {
  readonly prevalence: number
  readonly parameters?: number
  readonly patients?: number
  readonly r2?: number
  readonly nagelkerke?: number
  readonly auc?: number
  readonly json?: true
}

interface ValidateOptions {
  readonly prevalence: number
  readonly auc: number
  readonly lpNormal?: readonly [number, number]
  readonly riskBeta?: readonly [number, number]
  readonly oe: number
  readonly oeWidth: number
  readonly slopeWidth: number
  readonly aucWidth: number
  readonly json?: true
}

export function addPlanCommand(program: Command): void {
  const plan = program.command('plan').description('How many patients a study needs, to develop a model or to validate one.')
  const number = (flags: string, text: string) => new Option(flags, text).argParser((value) => readNumber(flags, value))
  const { shrinkage, optimism, riskMargin } = defaultDevelopmentTargets
  plan
    .command('develop')
    .description('Fewest patients to develop a logistic model from: Riley et al. 2019 and 2020, as the R package pmsampsize.')
    .addOption(number('--prevalence <share>', 'share of patients with the outcome').makeOptionMandatory())
    .addOption(
      number('--parameters <number>', 'candidate parameters: all features that the study may choose from, not those it keeps'),
    ) // prettier-ignore
    .addOption(number('--patients <number>', 'say instead, or too, how many parameters so many patients carry'))
    .addOption(number('--auc <value>', 'AUC that a model of the kind has in patients that it was not learnt from'))
    .addOption(number('--r2 <value>', 'or its R² of Cox and Snell').conflicts('auc'))
    .addOption(number('--nagelkerke <value>', "or Nagelkerke's R²").conflicts(['auc', 'r2']))
    .addOption(number('--shrinkage <factor>', 'least factor that the coefficients are expected to shrink by').default(shrinkage))
    .addOption(number('--optimism <value>', "greatest optimism of Nagelkerke's R²").default(optimism))
    .addOption(number('--risk-margin <value>', 'half the width of the interval of the overall risk').default(riskMargin))
    .option('--json', 'print all digits as JSON')
    .action(planToDevelop)
  plan
    .command('validate')
    .description('Fewest patients to validate a model with: Riley et al. 2021, as the R package pmvalsampsize.')
    .addOption(number('--prevalence <share>', 'share of patients with the outcome in the validation cohort').makeOptionMandatory())
    .addOption(number('--auc <value>', 'AUC that is expected there').makeOptionMandatory())
    .addOption(new Option('--lp-normal <mean,sd>', "the model's linear predictor (logit of the risk) is normal").argParser((text) => readPair('--lp-normal', text))) // prettier-ignore
    .addOption(new Option('--risk-beta <a,b>', 'or its risk has a beta distribution').argParser((text) => readPair('--risk-beta', text)).conflicts('lpNormal')) // prettier-ignore
    .addOption(number('--oe <ratio>', 'events observed over events expected by the model').default(1))
    .addOption(number('--oe-width <width>', 'width of the 95 % interval of that ratio').default(defaultValidationTargets.observedOverExpected)) // prettier-ignore
    .addOption(number('--slope-width <width>', 'of the calibration slope').default(defaultValidationTargets.slope))
    .addOption(number('--auc-width <width>', 'of the AUC').default(defaultValidationTargets.auc))
    .option('--json', 'print all digits as JSON')
    .addHelpText('after', '\nWithout --lp-normal and --risk-beta the linear predictor is normal in either class, so that AUC and prevalence are met.')
    .action(planToValidate) // prettier-ignore
}

function planToDevelop(options: DevelopOptions): void {
  const { prevalence, parameters, patients, shrinkage, optimism, riskMargin, json } = options
  const targets = { shrinkage, optimism, riskMargin }
  const expected = readExpected(options)
  if (parameters === undefined && patients === undefined)
    throw new UsageError('Give --parameters, the candidate features of the study, or --patients, those at hand.')
  refuseInWords(() => {
    const plan = parameters === undefined ? undefined : planDevelopment({ prevalence, expected, parameters }, targets)
    const atHand =
      patients === undefined ? undefined : { patients, ...mostParameters(patients, { prevalence, expected }, targets) }
    if (json)
      print({ ...(plan ?? { kind: 'development', input: { prevalence, expected }, targets }), ...(atHand && { atHand }) }) // prettier-ignore
    else process.stdout.write([plan && describeDevelopment(plan), atHand && describePatients(atHand)].filter(Boolean).join('\n'))
  })
}

function planToValidate(options: ValidateOptions): void {
  const { prevalence, auc, lpNormal, riskBeta, json } = options
  const predictor: PredictorDistribution = lpNormal
    ? { kind: 'normal', mean: lpNormal[0], sd: lpNormal[1] }
    : riskBeta
      ? { kind: 'beta', alpha: riskBeta[0], beta: riskBeta[1] }
      : { kind: 'two normals' }
  const targets = { observedOverExpected: options.oeWidth, slope: options.slopeWidth, auc: options.aucWidth }
  refuseInWords(() => {
    const plan = planValidation({ prevalence, auc, predictor, observedOverExpected: options.oe }, targets)
    if (json) print(plan)
    else process.stdout.write(describeValidation(plan))
  })
}

function describeDevelopment({
  input,
  targets,
  coxSnell,
  nagelkerke,
  criteria,
  needed,
  expectedShrinkage,
}: DevelopmentPlan): string {
  const meaning = {
    shrinkage: `shrinkage factor at least ${targets.shrinkage}`,
    optimism: `optimism of Nagelkerke's R² at most ${targets.optimism}`,
    'overall risk': `overall risk within ±${targets.riskMargin}`,
  }
  const rows = criteria.map(({ name, patients, events, eventsPerParameter }) => [meaning[name], `${patients}`, `${events}`, eventsPerParameter.toFixed(2)]) // prettier-ignore
  const parameters = input.parameters === 1 ? '1 candidate parameter' : `${input.parameters} candidate parameters`
  return [
    `To develop a model from ${parameters}; prevalence ${input.prevalence}, R² of Cox and Snell ${coxSnell.toFixed(4)} (Nagelkerke's ${nagelkerke.toFixed(4)})`,
    '',
    ...layOut(['criterion', 'patients', 'events', 'events per parameter'], rows),
    '',
    `Needed: ${needed.patients} patients, ${needed.events} of them with the outcome (${needed.eventsPerParameter.toFixed(2)} events per parameter). Expected shrinkage ${expectedShrinkage.toFixed(3)}.`,
    '',
  ].join('\n')
}

function describePatients(atHand: { patients: number; parameters: number; riskMargin: number }): string {
  const { patients, parameters, riskMargin } = atHand
  const carry = parameters === 0 ? 'not even 1 candidate parameter' : `at most ${parameters} candidate parameter${parameters === 1 ? '' : 's'}`
  return `${patients} patients carry ${carry} by shrinkage and optimism, and give the overall risk within ±${riskMargin.toFixed(3)}.\n`
} // prettier-ignore

function describeValidation({ input, targets, meanRisk, criteria, needed }: ValidationPlan): string {
  const meaning = {
    'observed over expected': `observed over expected, interval ${targets.observedOverExpected} wide`,
    'calibration slope': `calibration slope, interval ${targets.slope} wide`,
    AUC: `AUC, interval ${targets.auc} wide`,
  }
  const rows = criteria.map(({ name, patients, events, standardError }) => [meaning[name], `${patients}`, `${events}`, standardError.toFixed(4)]) // prettier-ignore
  return [
    `To validate a model; prevalence ${input.prevalence}, AUC ${input.auc}, ${describePredictor(input.predictor)}, mean risk ${meanRisk.toFixed(4)}`,
    '',
    ...layOut(['criterion', 'patients', 'events', 'standard error'], rows),
    '',
    `Needed: ${needed.patients} patients, ${needed.events} of them with the outcome.`,
    '',
  ].join('\n')
}

function describePredictor(predictor: PredictorDistribution): string {
  if (predictor.kind === 'normal') return `linear predictor normal (mean ${predictor.mean}, SD ${predictor.sd})`
  if (predictor.kind === 'beta') return `risks of a beta distribution (${predictor.alpha}, ${predictor.beta})`
  return 'linear predictor normal in either class'
}

function readExpected({ r2, nagelkerke, auc }: DevelopOptions): ExpectedFit {
  if (auc !== undefined) return { auc }
  if (r2 !== undefined) return { coxSnell: r2 }
  if (nagelkerke !== undefined) return { nagelkerke }
  throw new UsageError('Give what the model is expected to reach: --auc, --r2 (Cox and Snell) or --nagelkerke.')
}

function readNumber(flags: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${flags.split(' ')[0]} is a number; "${text}" was given.`)
  return value
}

function readPair(flag: string, text: string): [number, number] {
  const parts = text.split(',')
  if (parts.length !== 2)
    throw new UsageError(`${flag} is two numbers with a comma between, such as -5,2.5; "${text}" was given.`)
  return [readNumber(flag, parts[0]), readNumber(flag, parts[1])]
}

/** What makes no sense here was typed, not read from a file. */
function refuseInWords(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(sayError(error))
    throw error
  }
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}

/** The first column to the left, the numbers to the right. */
function layOut(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  return lines.map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('   ')) // prettier-ignore
}
