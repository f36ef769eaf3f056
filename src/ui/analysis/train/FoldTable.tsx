import type { Resampling } from '../../../core/analysis/resamplePath.ts'
import { say } from '../../../messages/say.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useFollow } from '../follow/useFollow.ts'
import { formatRate, formatThreshold } from '../evaluate/readout.ts'

/** What every fold kept and reached; of one that failed, why. */
export function FoldTable({ resampling, models }: { resampling: Resampling; models: readonly string[] }) {
  const { folds, failures } = resampling
  const { begin } = useFollow()
  const isRepeated = [...folds, ...failures].some(({ repeat }) => repeat > 0)
  const rows = [...folds.map((found) => ({ ...found, reason: null })), ...failures].sort((a, b) => a.repeat - b.repeat || a.fold - b.fold) // prettier-ignore
  return (
    <section className="card tableCard" aria-label="Folds">
      <header>
        <h2>Folds</h2>
        <span className="dim ellipsis">
          everything learnt anew in each
          {failures.length > 0 && `; ${formatCount(failures.length)} of ${formatCount(rows.length)} failed`}
        </span>
      </header>
      <div className="analysisScroll thresholds" tabIndex={0} role="region" aria-label="Folds, table">
        <table>
          <thead>
            <tr>
              <th scope="col">Fold</th>
              <th scope="col" className="number">
                held out
              </th>
              <th scope="col" className="number">
                features
              </th>
              {models.flatMap((name) => [
                <th scope="col" className="number" key={`${name} auc`}>
                  AUC {name}
                </th>,
                <th scope="col" className="number" key={`${name} cut-off`}>
                  cut-off {name}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.repeat} ${row.fold}`}>
                <th scope="row">
                  {isRepeated && `${row.repeat + 1}.`}
                  {row.fold + 1}
                </th>
                {row.reason === null ? (
                  <>
                    <td className="number">
                      <button
                        type="button"
                        className="followed"
                        onClick={() => begin({ kind: 'fold', repeat: row.repeat, fold: row.fold })}
                      >
                        {formatCount(row.heldOut.length)}
                      </button>
                    </td>
                    <td className="number">{formatCount(row.kept.length)}</td>
                    {models.flatMap((name) => [
                      <td className="number" key={`${name} auc`}>
                        {Number.isNaN(row.auc[name]) ? '–' : formatRate(row.auc[name])}
                      </td>,
                      <td className="number" key={`${name} cut-off`}>
                        {Number.isNaN(row.cutoffs[name]) ? '–' : formatThreshold(row.cutoffs[name])}
                      </td>,
                    ])}
                  </>
                ) : (
                  <td className="warnText" colSpan={2 + 2 * models.length}>
                    failed: {say(row.reason)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
