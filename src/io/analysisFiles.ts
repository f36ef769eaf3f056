import type { Analysis } from '../core/analyse.ts'
import type { StudyData } from '../core/analysis/studyData.ts'
import { applyCombat } from '../core/harmonise/combat.ts'
import type { ModelEvaluation } from '../core/evaluate/evaluateModel.ts'
import type { Interval } from '../core/evaluate/interval.ts'
import { formatCombat, formatHarmonised, markHarmonised } from './combatFile.ts'
import { describeAnalysis, describeCopies } from './describeAnalysis.ts'
import { formatJson } from './formatJson.ts'
import { formatModelFile } from './modelFile.ts'
import { formatProtocolFile } from './protocolFile.ts'
import type { ReadStudy } from './readStudy.ts'
import { formatTable } from './tableFile.ts'

export interface NamedText {
  /** Path below the result's folder. */
  readonly name: string
  readonly text: string
}

/** An analysis as plain files, each of which another program can read or replace. */
export function analysisFiles(analysis: Analysis, { study, outcome, notes }: ReadStudy): NamedText[] {
  const { protocol, split, copies, path, resampling, optimism, evaluation } = analysis
  // Above everything else, in every file that has room for words.
  const warnings = describeCopies(copies)
  const told = warnings.length > 0 ? { warnings } : {}
  const { harmonisation, selection, screening, models } = path
  const harmonised = harmonisation && applyCombat(harmonisation, study.features, study, { unseenBatches: 'leave unharmonised' })
  return [
    { name: 'protocol.yaml', text: formatProtocolFile(protocol) },
    { name: 'split.json', text: formatJson({ ...told, ...split, notHarmonised: path.notHarmonised, imputed: path.imputed }) },
    { name: 'notes.txt', text: [...warnings, ...notes, ...describeAnalysis(analysis)].map((line) => `${line}\n`).join('') },
    ...(harmonisation ? [{ name: 'combat.json', text: formatCombat(harmonisation) }] : []),
    ...(harmonised ? [{ name: 'harmonised.csv', text: formatHarmonised(harmonised) }] : []),
    { name: 'selection.json', text: formatJson({ ...told, screening, ...selection }) },
    ...models.map(({ name, model }) => ({
      name: `models/${name}.json`,
      text: formatModelFile({ format: 'texel model', version: 1, name, outcome, model }),
    })),
    { name: 'scores.csv', text: formatScores(analysis, study) },
    ...(resampling ? [{ name: 'resampling.json', text: formatJson({ ...told, ...resampling }) }] : []),
    ...(optimism ? [{ name: 'optimism.json', text: formatJson({ ...told, ...optimism }) }] : []),
    { name: 'evaluation.json', text: formatJson({ ...told, ...evaluation }) },
    { name: 'table2.csv', text: formatTable2(analysis) },
  ]
}

/** A row a patient, as `texel evaluate` reads it. */
function formatScores({ path }: Analysis, { outcomeOf }: StudyData): string {
  const names = path.models.map(({ name }) => name)
  const mark = markHarmonised(path.notHarmonised)
  const rows = path.scores.flatMap(({ cohort, ids, scores }) =>
    ids.map((id, row) => [id, ...mark.of(id), cohort, outcomeOf.get(id)!, ...names.map((name) => scores[name][row])]),
  )
  return formatTable(['id', ...mark.columns, 'cohort', 'outcome', ...names], rows)
}

/** Table 2 of the study: AUC with DeLong's interval, and the figures at each cut-off with their intervals. */
function formatTable2({ evaluation }: Analysis): string {
  const columns = ['id', 'cohort', 'model', 'scores', 'cutoff_source', 'cutoff', ...withInterval('auc'), ...proportions.flatMap(withInterval), 'note'] // prettier-ignore
  const rows = evaluation.cohorts.flatMap(({ cohort, models, patients, rows }) =>
    models.flatMap((model) => describeModel(cohort, model, rows > patients)),
  )
  return formatTable(columns, rows.map((row, i) => [String(i + 1), ...row])) // prettier-ignore
}

const proportions = ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const

/** @param clustered patients have several rows: only intervals that take them together are given */
function describeModel(
  cohort: string,
  { model, scoresAre, auc, cutoffs }: ModelEvaluation,
  clustered: boolean,
): (string | number)[][] {
  return cutoffs.map(({ source, cutoff, classification, note }) => [
    ...[
      cohort,
      model,
      scoresAre,
      source,
      cutoff.threshold,
      auc.auc,
      ...ends(auc.degenerate && !clustered ? auc.newcombe : auc.interval),
    ],
    ...proportions.flatMap((name) => {
      const figure = classification?.[name]
      return figure ? [figure.estimate, ...ends(clustered ? figure.bootstrap : figure.clopperPearson)] : [NaN, NaN, NaN]
    }),
    note ?? cutoff.problem ?? '',
  ])
}

function ends({ lower, upper }: Interval): [number, number] {
  return [lower, upper]
}

function withInterval(name: string): string[] {
  return [name, `${name}_lower`, `${name}_upper`]
}
