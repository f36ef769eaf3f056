import { isEstimated } from '../../../charts/forestPlotFigure.ts'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { LogisticModel } from '../../../core/learn/logistic.ts'
import { useFollow } from '../follow/useFollow.ts'
import { formatFixed } from '../../shared/formatNumber.ts'

/** The final set, with each feature's AUC alone and its odds ratio in the first logistic model that has it. */
export function KeptTable({ analysis, nameOf }: { analysis: Analysis; nameOf: (name: string) => string }) {
  const { path, univariable } = analysis
  const { begin } = useFollow()
  const { kept } = path.selection
  const aucOf = new Map(univariable.map(({ feature, auc }) => [feature, auc]))
  const logistic = path.models.map(({ model }) => model).find((model): model is LogisticModel => model.kind === 'logistic' && kept.every((name) => model.columns.includes(name))) // prettier-ignore
  const termOf = new Map(logistic?.terms.map((term) => [term.name, term]))
  return (
    <section className="card tableCard keptCard" aria-label="Kept features">
      <header>
        <h2>Kept</h2>
        <span className="dim ellipsis">goes to training</span>
      </header>
      {kept.length === 0 ? (
        <div className="chartEmpty">No feature was left.</div>
      ) : (
        <div className="analysisScroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Feature</th>
                <th scope="col" className="number">
                  AUC
                </th>
                {logistic && (
                  <th scope="col" className="number">
                    OR*
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {kept.map((name) => {
                const term = termOf.get(name)
                return (
                  <tr key={name}>
                    <th scope="row" title={name} className="featureName">
                      <button type="button" onClick={() => begin({ kind: 'feature', name })}>
                        {nameOf(name)}
                      </button>
                    </th>
                    <td className="number">{formatFixed(aucOf.get(name) ?? NaN, 3).replace('NaN', '–')}</td>
                    {logistic && (
                      <td className="number">
                        {term && isEstimated(term) ? (
                          <>
                            <b>{formatFixed(term.oddsRatio, 2)}</b>
                            <span className="dim block">
                              {term.oddsRatioInterval.map((end) => (Number.isFinite(end) ? formatFixed(end, 2) : '∞')).join('–')}
                            </span>
                          </>
                        ) : (
                          '–'
                        )}
                      </td>
                    )}
                  </tr>
                )
              })}
            </tbody>
          </table>
          {logistic && (
            <p className="dim small tableNote">
              * {logistic.standardisation ? 'an SD' : 'a unit'}, {formatFixed(100 * logistic.confidence, 0)} % CI, in the model of
              all; not corrected for selection
            </p>
          )}
        </div>
      )}
    </section>
  )
}
