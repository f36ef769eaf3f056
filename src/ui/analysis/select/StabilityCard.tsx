import type { Analysis } from '../../../core/analysis/analysis.ts'
import { Help } from '../charts/Help.tsx'
import { tellFailures, tellNoFold } from '../charts/tellFolds.ts'

const mostShown = 6

/** How often folds kept a feature or one that stands in for it. */
export function StabilityCard({
  relations,
  resampling,
  nameOf,
}: Pick<Analysis, 'relations' | 'resampling'> & { nameOf: (name: string) => string }) {
  const { stability } = relations
  const shown = stability?.groups.slice(0, mostShown) ?? []
  return (
    <section className="card tableCard stability" aria-label="Would others choose the same?">
      <header>
        <h2>Would others choose the same?</h2>
        <span className="grow" />
        <Help title="the choice of folds">
          Selection again in every fold of the training patients. Features that say nearly the same (rank correlation of at least
          0.8) count as one: which of them a fold keeps is chance.
        </Help>
      </header>
      {!stability || !resampling || shown.length === 0 ? (
        <div className="chartEmpty">
          {resampling ? tellNoFold(resampling) : 'Not asked for: the protocol has no nested folds.'}
        </div>
      ) : (
        <div className="analysisScroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Kept in</th>
                <th scope="col" className="number">
                  of {stability.folds} folds
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ features, folds, kept }) => (
                <tr key={features[0].name}>
                  <th scope="row" title={features.map(({ name, folds }) => `${name}: ${folds}`).join('\n')}>
                    <span className="groupName">
                      <span
                        className={`keptDot${kept ? ' isKept' : ''}`}
                        role="img"
                        aria-label={kept ? 'in the final set' : 'not in the final set'}
                      />
                      <span className="ellipsis">{nameOf((features.find((feature) => feature.kept) ?? features[0]).name)}</span>
                      {features.length > 1 && <span className="dim">+{features.length - 1}</span>}
                    </span>
                  </th>
                  <td className="number">
                    {folds}{' '}
                    <span className="foldBar" aria-hidden>
                      <i style={{ width: `${(100 * folds) / stability.folds}%` }} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="dim small tableNote">
            Folds kept {resampling.folds.map(({ kept }) => kept.length).join(', ')}. ● in the final set; +n are features of the
            same group (|ρ| ≥ {stability.limit})
            {stability.groups.length > mostShown &&
              `; ${stability.groups.length - mostShown} more ${stability.groups.length === mostShown + 1 ? 'group' : 'groups'}`}
            .
          </p>
          {resampling.failures.length > 0 && <p className="warnText small tableNote">{tellFailures(resampling)}</p>}
        </div>
      )}
    </section>
  )
}
