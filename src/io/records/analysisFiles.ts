import type { Analysis } from '../../core/analysis/analysis.ts'
import { recordScores } from '../../core/analysis/judgedScores.ts'
import { describeModels } from '../../core/apply/describeModel.ts'
import { groupScores, type ScoreGroup } from '../../core/analysis/scoreColumns.ts'
import type { StudyData } from '../../core/analysis/studyData.ts'
import { nameScores } from '../../core/evaluate/scoresFrom.ts'
import { applyCombat } from '../../core/harmonise/applyCombat.ts'
import type { Say } from '../../core/messages/message.ts'
import { formatCombat, formatHarmonised, markHarmonised } from './combatFile.ts'
import { describeAnalysis, describeCopies } from '../../core/report/describeAnalysis.ts'
import type { RunFacts } from '../../core/report/clauses.ts'
import { noAnswers } from '../../core/report/answers.ts'
import { formatJson } from './formatJson.ts'
import { analysedModels, type ModelOrigin } from './analysedModels.ts'
import { formatModelFile } from './formatModelFile.ts'
import { formatProtocolFile } from './protocolFile.ts'
import type { ReadStudy } from '../tables/readStudy.ts'
import { describeCohorts } from '../results/describeCohorts.ts'
import { evaluationTables } from '../results/evaluationTables.ts'
import { formatTables, type NamedTable, type NamedText } from '../results/namedTable.ts'
import { countStudyFlow, layOutFlow } from '../results/flowChart.ts'
import { formatReport } from '../results/reportFile.ts'
import { layOutStudy } from '../results/studyReport.ts'
import repeatInR from '../results/repeat.R?raw'
import { studyTables } from '../results/studyTables.ts'
import type { TextTable } from '../tables/tableFile.ts'

/**
 * An analysis as plain files, its messages as sentences, each of which another program can read or replace; docs/results.md says what they hold.
 * @param origin what the files of models say beside: see `ModelOrigin`
 * @param run for the report; null where nobody wrote down how the analysis came about
 */
export function analysisFiles(
  analysis: Analysis,
  { study, outcome, notes }: ReadStudy,
  clinicalFile: TextTable,
  say: Say,
  origin: Omit<ModelOrigin, 'outcome'>,
  run: RunFacts | null = null,
): NamedText[] {
  const { protocol, split, copies, path, relations, resampling, optimism, evaluation } = analysis
  // Above everything else, in every file that has room for words.
  const warnings = describeCopies(copies)
  // What was learnt from fixed cohorts says from which.
  const { freeze } = protocol.cohort
  const fixed = freeze === undefined ? {} : { freeze }
  const told = { ...(warnings.length > 0 && { warnings }), ...fixed }
  const { harmonisation, selection, screening } = path
  const source = run?.inputs.find(({ role }) => role === 'features')?.file ?? protocol.title
  const flow = layOutFlow(countStudyFlow(study, protocol, source), say)
  const cohorts = describeCohorts(analysis, clinicalFile, outcome, say)
  const harmonised = harmonisation && applyCombat(harmonisation, study.features, study, { unseenBatches: 'leave unharmonised' })
  return [
    { name: 'protocol.yaml', text: formatProtocolFile(protocol) },
    {
      name: 'split.json',
      text: formatJson({ ...told, ...split, notHarmonised: path.notHarmonised, imputed: path.imputed }, say),
    },
    {
      name: 'notes.txt',
      text: [...warnings, ...notes, ...cohorts.notes, ...describeAnalysis(analysis)].map((line) => `${say(line)}\n`).join(''),
    },
    ...(harmonisation ? [{ name: 'combat.json', text: formatCombat({ ...harmonisation, ...fixed }, say) }] : []),
    ...(harmonised ? [{ name: 'harmonised.csv', text: formatHarmonised(harmonised) }] : []),
    { name: 'selection.json', text: formatJson({ ...told, screening, ...selection }, say) },
    { name: 'relations.json', text: formatJson({ ...told, ...relations }, say) },
    ...analysedModels(analysis, describeModels(analysis, study), { ...origin, outcome }).map((model) => ({
      name: `models/${model.name}.json`,
      text: formatModelFile(model, say, origin),
    })),
    ...(resampling ? [{ name: 'resampling.json', text: formatJson({ ...told, ...resampling }, say) }] : []),
    ...(optimism ? [{ name: 'optimism.json', text: formatJson({ ...told, ...optimism }, say) }] : []),
    { name: 'evaluation.json', text: formatJson({ ...told, ...evaluation }, say) },
    { name: 'repeat.R', text: repeatInR },
    {
      name: 'report.html',
      text: formatReport(protocol.title, layOutStudy({ analysis, study, scores: recordScores(analysis, study), table1: cohorts.tables[0] ?? null, run, answers: noAnswers, flow }, say).sections), // prettier-ignore
    },
    ...formatTables(
      [
        ...cohorts.tables,
        ...scoreTables(analysis, study),
        ...studyTables(analysis),
        ...evaluationTables(evaluation, protocol.evaluate.intervals),
      ],
      say,
    ),
  ]
}

/** A row a patient, as `texel evaluate` reads it; scores of another source of the training patients in tables of their own. */
function scoreTables({ path, resampling }: Analysis, { outcomeOf, patientOf }: StudyData): NamedTable[] {
  const mark = markHarmonised(path.notHarmonised)
  const groups = groupScores(path, resampling)
  const patientCell = (id: string) => (patientOf ? [patientOf.get(id)!] : [])
  const table = (name: string, isIn: (group: ScoreGroup) => boolean) => {
    const chosen = groups.filter(isIn)
    const models = (chosen[0] ?? groups[0]).columns.map(({ model }) => model)
    return {
      name,
      columns: ['id', ...(patientOf ? ['patient'] : []), ...mark.columns, 'cohort', 'outcome', ...models],
      rows: chosen.flatMap((group) =>
        group.columns[0].ids.map((id, row) => [
          id,
          ...patientCell(id),
          ...mark.of(id),
          nameScores(group),
          outcomeOf.get(id)!,
          ...group.columns.map(({ scores }) => scores[row]),
        ]),
      ),
    }
  }
  return [
    table('scores', ({ scoresFrom }) => scoresFrom === null || scoresFrom === 'new'),
    table('scores_apparent', ({ scoresFrom }) => scoresFrom === 'apparent'),
    table('scores_out_of_fold', ({ scoresFrom }) => scoresFrom === 'out-of-fold'),
  ]
}
