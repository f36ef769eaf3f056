import type {
  ClauseMessages,
  FigureKind,
  FigureWord,
  NotDone,
  Question,
  ReportPart,
  TableWord,
} from '../../core/report/clauseMessages.ts'
import type { CombatMode } from '../../core/harmonise/combatRecord.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'
import { countOf, digits } from './report.ts'
import { nameRule } from './results.ts'

export const clauses: Sentences<ClauseMessages> = {
  'abstract-cohort': ({ cohort, patients, rows, positives }) =>
    rows > patients
      ? `${cohort}: ${countOf(rows, 'row')} of ${countOf(patients, 'patient')}, ${positives} of the rows positive.`
      : `${cohort}: ${countOf(patients, 'patient')}, ${positives} positive.`,
  'abstract-features': ({ candidates, kept }) =>
    `Of ${countOf(candidates, 'feature')} that could be chosen from, ${kept} ${kept === 1 ? 'was' : 'were'} kept.`,
  'abstract-models': ({ models }) => `Models: ${listSome(models)}.`,
  'abstract-result': ({ cohort, model, estimate, atCutoff }, say) =>
    `${cohort}, ${model}: ${say(estimate)}${atCutoff === null ? '' : `; at its cut-off sensitivity ${digits(atCutoff.sensitivity)}, specificity ${digits(atCutoff.specificity)}`}.`,
  'cohort-counted': ({ cohort, learns, rows, patients, positives }) =>
    `The ${learns ? 'models learnt from the' : 'models were judged in the'} cohort ${cohort}: ${rows > patients ? `${countOf(rows, 'row')} of ${countOf(patients, 'patient')}` : countOf(rows, 'patient')}, of ${rows > patients ? 'the rows' : 'whom'} ${positives} ${positives === 1 ? 'is' : 'are'} positive and ${rows - positives} negative.`,
  'cohort-unusable': ({ cohort, reason }, say) => `No figures of the cohort ${cohort}: ${say(reason)}`,
  'rows-split': ({ learning, judged }) =>
    judged.length === 0
      ? `All ${countOf(learning, 'row')} with an outcome learnt; there is no other cohort.`
      : `${countOf(learning, 'row')} learnt. The outcomes of ${judged.map(({ cohort, rows }) => `${cohort} (${countOf(rows, 'row')})`).join(', ')} entered no step before the evaluation.`,
  'cohorts-by': ({ cohortsBy }) => cohortPlans[cohortsBy],
  'features-read': ({ file, sha256, isMeasured }) =>
    isMeasured
      ? `Features were measured by Texel from the study’s images and ROIs; they stand in the table ${file} (SHA-256 ${sha256}).`
      : `Features were read from the table ${file} (SHA-256 ${sha256}); this run did not extract them.`,
  'features-equal': ({ to, relative, absoluteWhereCancelling }) =>
    `Texel’s features equal those of ${to} on the reference cases: within a relative difference of ${relative}, or an absolute one of ${absoluteWhereCancelling} where a feature loses digits by cancellation.`,
  candidates: ({ candidates }) => `${countOf(candidates, 'feature')} ${candidates === 1 ? 'was' : 'were'} left to choose from.`,
  'combat-fitted': ({ mode, prior, meanOnly, batches, joined, columns, learntFrom, covariates }) =>
    `${countOf(columns, 'feature')} ${columns === 1 ? 'was' : 'were'} harmonised between ${countOf(batches, 'batch', 'batches')} by ComBat (${prior} prior${meanOnly ? ', means only' : ''}${covariates.length === 0 ? '' : `, covariates ${listSome(covariates)}`}), which learnt from ${countOf(learntFrom, 'row')}${combatModes[mode](joined)}.`,
  'combat-warning': ({ warning }, say) => `Harmonisation: ${say(warning)}`,
  'model-logistic': ({ model, columns, learntFrom, method, standardised }) =>
    `${model}: logistic regression by ${method === 'firth' ? 'Firth’s penalised likelihood' : 'maximum likelihood'} ${learntOf(columns, learntFrom)}${standardised ? ', standardised by their training mean and SD' : ''}.`,
  'model-penalised': ({ model, columns, learntFrom, alpha, lambda, folds }) =>
    `${model}: logistic regression with ${alpha === 1 ? 'the LASSO penalty' : alpha === 0 ? 'the ridge penalty' : `an elastic net penalty (alpha ${alpha})`}, lambda ${significant(lambda)}${folds === null ? '' : ` by cross-validation in ${countOf(folds, 'fold')}`}, ${learntOf(columns, learntFrom)}.`,
  'model-forest': ({ model, columns, learntFrom, engine, trees, mtry, minimumNodeSize }) =>
    `${model}: random forest${engine === 'wasm' ? '' : ` (${engine})`} of ${countOf(trees, 'tree')}, ${mtry === null ? 'the root of the number of columns' : countOf(mtry, 'column')} tried ${engine === 'wasm' ? 'at each node' : 'in each tree'}${minimumNodeSize === null ? '' : `, nodes of at least ${minimumNodeSize}`}, ${learntOf(columns, learntFrom)}.`,
  'model-svm': ({ model, columns, learntFrom, kernel, cost, standardised, plattFolds }) =>
    `${model}: support vector machine (${kernel.name === 'linear' ? 'linear kernel' : `radial kernel, gamma ${significant(kernel.gamma)}`}, C ${cost}) ${learntOf(columns, learntFrom)}${standardised ? ', standardised by their training mean and SD' : ''}; ${plattFolds === null ? 'its score is the decision value, no probability' : `probabilities by Platt’s scaling on ${countOf(plattFolds, 'fold')}`}.`,
  'model-of-prevalence': ({ model, learntFrom, prevalence }) =>
    `${model}: no feature was left to it; it gives everybody the share of positives among the ${countOf(learntFrom, 'training row')}, ${digits(prevalence)}.`,
  'model-clinical': ({ model, terms }) =>
    `${model} also looks at ${terms.map(({ column, reference }) => (reference === null ? column : `${column} (against ${reference})`)).join(', ')} of the clinical table.`,
  'model-weighted': ({ model, weights }) =>
    `${model}: ${weights === 'balanced' ? 'the classes weigh the same, whatever their size' : `a negative row weighs ${significant(weights[0])}, a positive one ${significant(weights[1])}`}.`,
  'folds-followed': ({ folds, failed }) =>
    `Nested cross-validation: selection and training, and harmonisation where there is any, were repeated in ${countOf(folds, 'fold')} of the training cohort${failed === 0 ? '' : `; ${failed} more failed`}.`,
  'evaluation-settings': ({ level, aucResamples, resamples, rules, areCarried }) =>
    `Intervals are of ${percent(level)} %, bootstrapped ones from ${countOf(aucResamples, 'resample')} (AUC) and ${resamples} (all else). Cut-offs: ${rules.map(nameRule).join('; ')}, ${areCarried ? 'chosen in training and carried to the other cohorts' : 'chosen on the patients who are judged by them'}.`,
  'prevalence-set': ({ prevalence }) =>
    `Net benefit and predictive values at a prevalence are for a share of positives of ${prevalence}, set by hand.`,
  'cohort-calibration': ({ cohort, model, slope, inTheLarge, note }, say) =>
    `${cohort}, ${model}: calibration slope ${withInterval(slope)}, calibration in the large ${withInterval(inTheLarge)}.${note === null ? '' : ` ${say(note)}`}`,
  'cohort-judged': ({ cohort, looks, protocolChanges, at, protocolSha256 }) =>
    `The cohort ${cohort} has been judged ${looks === 1 ? 'once' : `${looks} times`}, first at ${at}${protocolSha256 === null ? '' : ` by the protocol ${protocolSha256}`}; ${protocolChanges === 0 ? 'the protocol has not changed since' : `the protocol changed ${protocolChanges === 1 ? 'once' : `${protocolChanges} times`} between the looks`}.`,
  'cohorts-thawed': ({ thaws }) =>
    thaws === 0
      ? 'The cohorts were fixed once and never opened again.'
      : `The cohorts were fixed and opened again ${thaws === 1 ? 'once' : `${thaws} times`} before they were fixed as they are now.`,
  'written-by': ({ texel, at }) => `Written by Texel ${texel}${at === null ? '' : ` at ${at}`}.`,
  engine: ({ sha256 }) => `Engine (kernels.wasm): SHA-256 ${sha256}.`,
  'run-input': ({ role, file, bytes, sha256 }) => `Input, ${role}: ${file}, ${countOf(bytes, 'byte')}, SHA-256 ${sha256}.`,
  'protocol-hash': ({ sha256 }) => `Protocol (protocol.yaml): SHA-256 ${sha256}.`,
  'run-seeds': ({ seeds }) =>
    `Seeds of the random numbers: ${Object.entries(seeds)
      .map(([name, seed]) => `${name} ${seed}`)
      .join(', ')}.`,
  'run-again': ({ features, clinical }) => `The same digits come of: ${commandOf({ features, clinical })}`,
  'not-done': ({ what }) => notDone[what],
  question: ({ of }) => questions[of],
  heading: ({ of }) => headings[of],
  'figure-word': ({ of }) => figureWords[of],
  'figure-caption': ({ of }) => captions[of],
  'figure-number': ({ number, caption }) => `Figure ${number}. ${caption}`,
  'table-word': ({ of }) => tableWords[of],
  'expected-before': ({ prevalence, auc, parameters }) =>
    `prevalence ${prevalence}, AUC ${auc}${parameters === null ? '' : `, ${countOf(parameters, 'parameter')}`}`,
  'nothing-to-ask': () => 'No warning was raised. That is no proof that there is nothing to ask.',
  'everything-done': () => 'Nothing of what is looked for here was left out.',
  'how-to-read': () =>
    'Every sentence below was made from a record of this run; the files that hold the records stand below each part in small print. What no record holds is not claimed.',
}

const cohortPlans: Readonly<Record<ClauseMessages['cohorts-by']['cohortsBy'], string>> = {
  centre: 'Who is judged comes from another centre than who learnt.',
  date: 'Who is judged was examined later than who learnt.',
  split: 'Who is judged was drawn at random from the same patients as who learnt.',
}

const combatModes: Readonly<Record<CombatMode, (joined: number) => string>> = {
  'all patients, labels unseen': () =>
    ' of all cohorts: the validation cohorts were harmonised with validation values, labels unseen',
  'training only': () => ' of training alone',
  reference: (joined) =>
    ` of training alone, then kept as a reference, which ${joined === 0 ? 'no other batch' : countOf(joined, 'batch', 'batches')} joined without changing it`,
}

const notDone: Readonly<Record<NotDone, string>> = {
  validation: 'Validation: no other cohort was judged. How the models do in new patients is not known.',
  'fixed cohorts': 'Fixed cohorts: no record says that the cohorts were fixed before anything was learnt.',
  harmonisation: 'Harmonisation: features were taken as measured, whichever scanner they come from.',
  agreement: 'Agreement of readers: features were not tested for depending on who drew.',
  resampling: 'Nested cross-validation: what training scores are worth was not tested in folds.',
  optimism: 'Bootstrap optimism: the apparent AUC was not corrected for optimism by resampling.',
  calibration: 'Calibration: whether probabilities can be believed was not assessed.',
  'decision curves': 'Decision curves: whether deciding by a model is of use was not assessed.',
  'run record': 'Record of the run: from which files and with which version is not known.',
}

const questions: Readonly<Record<Question, string>> = {
  authors: 'Who are the authors, and where do they work?',
  background: 'What is the clinical problem, and what is known of it?',
  rationale: 'Why should radiomics help with it?',
  objective: 'What is the aim of the study?',
  use: 'For whom is the model meant, who would use it, and at which point of care?',
  design: 'Is the study retrospective or prospective, and of which kind?',
  recruitment: 'Where, how and when were the patients recruited, and who was excluded?',
  overlap: 'Were patients of this study part of an earlier publication?',
  ethics: 'Which committee approved the study, and how was consent given?',
  'reference standard': 'How, when and by whom was the outcome established?',
  imaging: 'With which scanners and protocols were the images made?',
  segmentation: 'Who drew the regions, with which experience, and blinded to what?',
  extraction: 'With which software, version and settings were the features extracted?',
  overview: 'What are the main findings?',
  'earlier work': 'How do they compare with earlier studies?',
  practice: 'What do they mean for practice, and what would be needed next?',
  'example images': 'Which patients are shown with their images and regions, and where?',
  fairness: 'In which groups of patients could the model do worse, and was that looked at?',
  involvement: 'Were patients or the public involved?',
  registration: 'Was the study registered, and where is its protocol?',
  sharing: 'Which data, code and models are shared, and where?',
  funding: 'Who funded the study, and which conflicts of interest are there?',
}

const figureWords: Readonly<Record<FigureWord, string>> = {
  sensitivity: 'sensitivity',
  'false positive rate': '1 − specificity',
  'threshold probability': 'threshold probability',
  'net benefit': 'net benefit',
  'treat all': 'treat all',
  'treat none': 'treat none',
  predicted: 'predicted probability',
  observed: 'observed share',
  score: 'score',
  patients: 'patients',
  positive: 'positive',
  negative: 'negative',
  data: 'Data of the figure',
}

const captions: Readonly<Record<FigureKind, string>> = {
  flow: 'Flow of patients, from the table to those who learn and those who are judged.',
  roc: 'ROC curves. Dotted: a guess. Training scores are out of fold where folds were followed, else the models’ own.',
  bands: 'Each ROC curve with its band: bootstrapped intervals of the sensitivity, each at its specificity. Dotted: a guess.',
  benefit: 'Decision curves: net benefit of treating by a model, of treating all and of treating none.',
  calibration: 'Calibration: tenths of patients with Wilson intervals, and the lowess curve. Dotted: perfect.',
  scores: 'Scores of positive patients (up) and negative ones (down).',
}

const tableWords: Readonly<Record<TableWord, string>> = {
  model: 'Model',
  columns: 'Columns',
  candidates: 'Chosen among',
  events: 'Fewer class',
  'per column': 'Events per column',
  width: 'Width of the AUC’s interval',
  'sample size note':
    'Fewer class: training patients of the rarer outcome. Selection spends events too: those chosen among count.',
  'no plan note': 'How many patients were planned is in no record: the protocol may say what was expected (plan).',
  'reached size': 'Sample size as reached',
  'planned size': 'Sample size as planned',
  'planned size note':
    'Planned: fewest patients by Riley et al. 2019 and 2020 (to develop) and 2021 (to validate), with their usual targets. Events: positives.',
  cohort: 'Cohort',
  expected: 'Expected',
  'patients planned': 'Patients planned',
  'events planned': 'Events planned',
  'patients reached': 'Patients reached',
  'events reached': 'Events reached',
  feature: 'Feature',
  term: 'Term',
  coefficient: 'Coefficient',
  interval: 'Interval',
  'odds ratio': 'Odds ratio',
  mean: 'Training mean',
  sd: 'Training SD',
  importance: 'Importance',
  icc: 'ICC',
  folds: 'Kept in folds',
  'features chosen': 'Features chosen, each by itself in the training patients',
  'logistic note': 'Coefficients a training SD where mean and SD stand, else a unit; the score is 1 / (1 + exp(−sum)).',
  'forest note':
    'Importance: loss of out-of-bag accuracy when permuted, where it was measured, else mean decrease of Gini impurity.',
  'svm note':
    'A support vector machine has no coefficients of single columns; its vectors are patients’ values and are in its file alone.',
  'use note': 'For research. Not a medical device.',
}

const headings: Readonly<Record<ReportPart, string>> = {
  abstract: 'Abstract, to be completed',
  data: 'Patients',
  features: 'Features',
  harmonisation: 'Harmonisation',
  selection: 'Selection',
  models: 'Models',
  resampling: 'Resampling',
  evaluation: 'Evaluation',
  results: 'Performance',
  looks: 'Looks at validation',
  reproducibility: 'Reproducibility',
  'title page': 'Title page',
  flow: 'Flow of patients',
  'sample size': 'Sample size',
  figures: 'Figures',
  'model cards': 'Model cards',
  clear: 'CLEAR',
  metrics: 'METRICS',
  tripod: 'TRIPOD+AI',
  rqs: 'Radiomics quality score',
  'table 1': 'Table 1. Patients',
  'table 2': 'Table 2. Performance',
  'table 3': 'Table 3. Differences between models',
  'table 4': 'Table 4. Differences between training and the other cohorts (DeLong’s test)',
  'not done': 'Not done',
  reviewer: 'A reviewer will ask',
  questions: 'For a person to answer',
}

function learntOf(columns: number, learntFrom: number): string {
  return `on ${countOf(columns, 'column')}, learnt from ${countOf(learntFrom, 'row')}`
}

function withInterval({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }): string {
  return Number.isNaN(lower) ? digits(estimate) : `${digits(estimate)} (${digits(lower)} to ${digits(upper)})`
}

/** What to type for the same digits. */
export const commandOf = ({ features, clinical }: ClauseMessages['run-again']) =>
  `texel analyse --protocol protocol.yaml --features ${quote(features)} --clinical ${quote(clinical)} --output again`

/** For a command line. */
function quote(file: string): string {
  return /^[\w.-]+$/.test(file) ? file : `"${file}"`
}

/** A setting to four significant digits, without zeros behind. */
function significant(value: number): number {
  return Number(value.toPrecision(4))
}

function percent(share: number): number {
  return Number((100 * share).toPrecision(12))
}
