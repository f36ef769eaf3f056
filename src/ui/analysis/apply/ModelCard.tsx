import type { ModelCutoff } from '../../../core/apply/describeModel.ts'
import type { Model } from '../../../core/learn/model.ts'
import type { ModelFile } from '../../../io/records/modelFile.ts'
import { sequencesOf } from '../../../state/analysis/apply.ts'
import { Facts } from '../../shared/Facts.tsx'
import { formatCount, formatFixed, formatNumber } from '../../shared/formatNumber.ts'

const kinds: Readonly<Record<Model['kind'], string>> = {
  logistic: 'logistic regression',
  lasso: 'penalised logistic regression',
  svm: 'support vector machine',
  forest: 'random forest',
  'intercept only': 'the prevalence alone: no feature was left',
}

/** How a rule is called. */
export function nameRule({ rule }: Pick<ModelCutoff, 'rule'>): string {
  switch (rule.kind) {
    case 'youden':
      return 'Youden'
    case 'sensitivity':
      return `sensitivity ≥ ${rule.atLeast}`
    case 'specificity':
      return `specificity ≥ ${rule.atLeast}`
    case 'cost':
      return rule.costOfMiss === 1
        ? 'a miss costs one false alarm'
        : `a miss costs ${formatNumber(rule.costOfMiss, 3)} false alarms`
  }
}

/** What stands in the file, in short. */
export function ModelCard({ content }: { content: ModelFile }) {
  const { model, version, texel, source, harmonisation, cutoffs, evaluation, training, clinical, imputation, freeze } = content
  const sequences = sequencesOf(content).filter((sequence) => sequence !== null)
  const judged = evaluation.filter(({ role, scoresFrom }) => role === 'validation' || scoresFrom === 'out-of-fold')
  return (
    <section className="card applyFacts" aria-label="The model">
      <h2>The model</h2>
      <Facts
        entries={
          [
            ['Kind', kinds[model.kind]],
            ['Features', formatCount(model.columns.length)],
            ['Sequences', sequences.length > 0 ? sequences.join(', ') : null],
            ['Clinical', clinical.length > 0 ? clinical.map(({ column }) => column).join(', ') : null],
            ['Features of', source ? (source.kind === 'images' ? 'images, by the parameters in the file' : 'a table') : null],
            [
              'ComBat',
              version === 1
                ? 'not in this file'
                : harmonisation
                  ? `by ${harmonisation.batch.join(' × ')}, ${harmonisation.record.batches.length} scanners; ${harmonisation.record.mode}`
                  : 'none',
            ],
            ['Missing values', imputation ? `the ${imputation.method} of training` : null],
            training && ['Training', `${formatCount(training.positives)} of ${formatCount(training.patients)} positive`],
            ['Cohorts fixed', freeze ? `hash ${freeze.slice(0, 12)}` : null],
            ['Written by', texel === null ? 'an earlier Texel (version 1)' : `Texel ${texel}`],
          ].filter((entry) => entry !== null) as [string, string | null][]
        }
      />
      {version === 1 && (
        <p className="warnText">
          There is no training distribution in this file: a patient cannot be shown among those it learnt from.
        </p>
      )}
      {judged.length > 0 && (
        <table className="applyTable">
          <thead>
            <tr>
              <th scope="col">Judged in</th>
              <th scope="col" className="number">
                n
              </th>
              <th scope="col" className="number">
                AUC (95 % CI)
              </th>
            </tr>
          </thead>
          <tbody>
            {judged.map(({ cohort, scoresFrom, patients, auc, lower, upper }) => (
              <tr key={`${cohort} ${scoresFrom}`}>
                <th scope="row">{scoresFrom === 'out-of-fold' ? `${cohort}, out of fold` : cohort}</th>
                <td className="number">{formatCount(patients)}</td>
                <td className="number">
                  {formatFixed(auc, 3)} {Number.isNaN(lower) ? '' : `(${formatFixed(lower, 3)}–${formatFixed(upper, 3)})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {cutoffs.length > 0 && (
        <table className="applyTable">
          <thead>
            <tr>
              <th scope="col">Cut-off</th>
              <th scope="col" className="number">
                positive from
              </th>
            </tr>
          </thead>
          <tbody>
            {cutoffs.map((cutoff, i) => (
              <tr key={cutoff.rule.kind}>
                <th scope="row">
                  {nameRule(cutoff)}
                  {i === 0 && <span className="dim"> (used)</span>}
                </th>
                <td className="number">{Number.isNaN(cutoff.threshold) ? 'none of use' : formatNumber(cutoff.threshold, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
