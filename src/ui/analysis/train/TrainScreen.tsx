import { Button, SegmentedControl } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { classScoresFigure } from '../../../charts/classScoresFigure.ts'
import { forestPlotFigure, isEstimated } from '../../../charts/forestPlotFigure.ts'
import { importanceFigure, type ModelImportance } from '../../../charts/importanceFigure.ts'
import { outOfBagFigure } from '../../../charts/outOfBagFigure.ts'
import { styleOf, type ChartTheme } from '../../../charts/theme.ts'
import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { TrainedModel } from '../../../core/analysis/trainModels.ts'
import { formatP } from '../../../core/numeric/formatP.ts'
import { rocAuc } from '../../../core/numeric/ranks.ts'
import { FailureBoundary } from '../../shared/FailureBoundary.tsx'
import { formatCount, formatFixed, formatNumber } from '../../shared/formatNumber.ts'
import { FigureCard } from '../charts/FigureCard.tsx'
import { StudyWarnings } from '../charts/StudyWarnings.tsx'
import { ModelMark } from '../evaluate/ModelMark.tsx'
import { nameFeatures } from '../featureNames.ts'
import { Help } from '../charts/Help.tsx'
import type { AnalysisScreenProps } from '../select/SelectScreen.tsx'
import { writeEquation } from './equation.ts'
import { tellNoFold } from '../charts/tellFolds.ts'
import { FoldTable } from './FoldTable.tsx'
import { DependenceCard, SaveModel } from './laterParts.ts'
import { ModelSettings } from './ModelSettings.tsx'
import { NomogramCard } from './NomogramCard.tsx'
import './train.css'

export type TrainScreenProps = AnalysisScreenProps & { readonly study: StudyData }

/** What did they learn? One model in hand, and what all of them lean on. */
export function TrainScreen({ analysis, protocol, onProtocol, actions, study, warnings }: TrainScreenProps) {
  const { path, split } = analysis
  const [asked, setAsked] = useState<string | null>(null)
  const at = Math.max(0, path.models.findIndex(({ name }) => name === asked)) // prettier-ignore
  const trained = path.models[at] as TrainedModel | undefined
  const nameOf = useMemo(() => nameFeatures(path.selection.candidates), [path])
  const outcome = useMemo(() => Uint8Array.from(split.training, (id) => study.outcomeOf.get(id)!), [split, study])
  return (
    <div className="main trainScreen">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            What did they learn?
          </h1>
          <p className="dim">
            {formatCount(path.models.length)} {path.models.length === 1 ? 'model' : 'models'} from{' '}
            {formatCount(path.learntFrom.length)} patients and {formatCount(path.selection.kept.length)}{' '}
            {path.selection.kept.length === 1 ? 'feature' : 'features'}.
          </p>
        </div>
        {path.models.length > 1 && (
          <SegmentedControl
            aria-label="Model"
            data={path.models.map(({ name }) => name)}
            value={trained?.name ?? ''}
            onChange={setAsked}
          />
        )}
        <ModelSettings protocol={protocol} onProtocol={onProtocol} />
        {trained && <SaveModel key={trained.name} analysis={analysis} study={study} at={at} />}
        {actions}
      </header>
      {trained ? (
        <FailureBoundary>
          <div className="trainGrid">
            <div className="trainMain">
              <ModelCards trained={trained} at={at} nameOf={nameOf} />
              <DependenceCard trained={trained} at={at} analysis={analysis} study={study} nameOf={nameOf} />
            </div>
            <div className="trainSide">
              <ImportanceCard analysis={analysis} nameOf={nameOf} />
              <ScoresCard trained={trained} outcome={outcome} />
              {analysis.resampling && <FoldTable resampling={analysis.resampling} models={path.models.map(({ name }) => name)} />}
              <StudyWarnings warnings={warnings} step="train" />
            </div>
          </div>
        </FailureBoundary>
      ) : (
        <p className="card noStep">No model: add one under Edit protocol.</p>
      )}
    </div>
  )
}

function ModelCards({ trained, at, nameOf }: { trained: TrainedModel; at: number; nameOf: (name: string) => string }) {
  const { model, name, ranges } = trained
  switch (model.kind) {
    case 'logistic':
      return (
        <>
          <OddsCard model={model} name={name} at={at} selected={trained.selected} nameOf={nameOf} />
          <NomogramCard name={name} model={model} ranges={ranges} nameOf={nameOf} />
          <EquationCard model={model} />
        </>
      )
    case 'lasso':
      return (
        <>
          <CoefficientTable
            title={`${name}: coefficients`}
            aside={`λ ${formatNumber(model.lambda, 3)}; shrunken, so without intervals`}
            rows={model.columns.map((column, j) => [nameOf(column), model.coefficients[j]])}
            columns={['Feature', 'Coefficient a unit']}
          />
          <EquationCard model={model} />
        </>
      )
    case 'forest':
      return <ForestCards trained={trained} at={at} nameOf={nameOf} />
    case 'svm': {
      const positive = model.coefficients.filter((value) => value > 0).length
      const patients = model.patients[0] + model.patients[1]
      const all = model.supportVectors.length
      return (
        <section className="card tableCard" aria-label={`${name}: support vectors`}>
          <header>
            <h2>Support vectors</h2>
            <span className="dim ellipsis">
              {model.kernel.name}
              {model.kernel.name === 'radial' && `, γ ${formatNumber(model.kernel.gamma, 4)}`}, C {formatNumber(model.cost, 4)}
            </span>
          </header>
          <div className="bigFigures">
            <p>
              <b>{formatCount(all)}</b> of {formatCount(patients)} patients hold the border (
              {formatFixed((100 * all) / patients, 0)} %): {formatCount(positive)} positive, {formatCount(all - positive)}{' '}
              negative.
            </p>
            <p className="dim">
              {all > 0.8 * patients && 'Nearly everybody is a support vector: the machine has hardly a border. '}
              {model.platt
                ? `Probabilities by Platt’s method on ${model.platt.folds} folds.`
                : 'No probability: the score is the decision value.'}{' '}
              The model holds the values of these patients: who shares it shares them.
            </p>
          </div>
        </section>
      )
    }
    case 'intercept only':
      return (
        <section className="card noStep" aria-label={name}>
          The model is the prevalence, {formatFixed(model.prevalence, 3)}: no feature was left.
        </section>
      )
  }
}

type Logistic = Extract<TrainedModel['model'], { kind: 'logistic' }>
type Lasso = Extract<TrainedModel['model'], { kind: 'lasso' }>

function OddsCard({
  model,
  name,
  at,
  selected,
  nameOf,
}: {
  model: Logistic
  name: string
  at: number
  selected: boolean
  nameOf: (name: string) => string
}) {
  // prettier-ignore
  const draw = useCallback((theme: ChartTheme) => (model.terms.some(isEstimated) ? forestPlotFigure(model, at, nameOf, theme) : null), [model, at, nameOf]) // prettier-ignore
  const unit = model.standardisation ? 'an SD' : 'a unit'
  const told = model.terms.map(({ name, oddsRatio, oddsRatioInterval: [low, high] }) => `${nameOf(name)} ${formatFixed(oddsRatio, 2)} (${formatFixed(low, 2)} to ${formatFixed(high, 2)})`).join(', ') // prettier-ignore
  return (
    <>
      <FigureCard
        title="Odds ratios"
        aside={`${name}, ${unit}; ${formatFixed(100 * model.confidence, 0)} % CI (${model.intervals})`}
        name={`${name}-odds-ratios`}
        height={Math.max(120, 60 + 34 * model.terms.length)}
        draw={draw}
        label={`Odds ratios ${unit}: ${told}`}
        tabulate={() => ({
          columns: ['feature', 'coefficient', 'SE', 'z', 'P', 'odds ratio', 'lower', 'upper'],
          rows: model.terms.map(({ name, coefficient, standardError, z, p, oddsRatio, oddsRatioInterval: [low, high] }) => [name, coefficient, standardError, z, p, oddsRatio, low, high]), // prettier-ignore
        })}
        empty="The model is the prevalence."
        tools={
          <Help title="the odds ratios">
            By how much the odds of the outcome are multiplied when the feature is one training SD higher and the others stay. 1
            means no association.
          </Help>
        }
      />
      <section className="card tableCard" aria-label={`${name}: coefficients`}>
        <div className="analysisScroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Feature</th>
                {['OR', 'CI', 'z', selected ? 'P*' : 'P'].map((head) => (
                  <th scope="col" className="number" key={head}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {model.terms.map(({ name, oddsRatio, oddsRatioInterval, z, p }) => (
                <tr key={name}>
                  <th scope="row" title={name}>
                    {nameOf(name)}
                  </th>
                  <td className="number">
                    <b>{!isEstimated({ oddsRatio, oddsRatioInterval }) ? '–' : formatNumber(oddsRatio, 3, { zeros: true })}</b>
                  </td>
                  <td className="number dim">
                    {isEstimated({ oddsRatio, oddsRatioInterval }) &&
                      oddsRatioInterval.map((end) => (Number.isNaN(end) ? '–' : formatNumber(end, 3, { zeros: true }))).join('–')}
                  </td>
                  <td className="number">{Number.isNaN(z) ? '–' : formatFixed(z, 2)}</td>
                  <td className="number">{formatP(p) || '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {selected && (
            <p className="dim small tableNote">
              * not corrected for selection: features were chosen by the outcome of these patients
            </p>
          )}
        </div>
      </section>
    </>
  )
}

function EquationCard({ model }: { model: Logistic | Lasso }) {
  const text = writeEquation(model)
  const [isCopied, setIsCopied] = useState(false)
  return (
    <section className="card chartCard" aria-label="Equation">
      <header>
        <h2>Equation</h2>
        <span className="dim ellipsis">in the features’ own units, all digits</span>
        <span className="grow" />
        <Button size="compact-xs" onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </header>
      <pre className="equation" tabIndex={0} role="region" aria-label="Equation of the model">
        {text}
      </pre>
    </section>
  )
}

function CoefficientTable({
  title,
  aside,
  columns,
  rows,
}: {
  title: string
  aside: string
  columns: readonly string[]
  rows: readonly (readonly [string, number])[]
}) {
  // prettier-ignore
  return (
    <section className="card tableCard" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className="dim ellipsis">{aside}</span>
      </header>
      <div className="analysisScroll thresholds" tabIndex={0} role="region" aria-label={`${title}, table`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{columns[0]}</th>
              <th scope="col" className="number">
                {columns[1]}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...rows].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">{formatNumber(value, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function ForestCards({ trained, at, nameOf }: { trained: TrainedModel; at: number; nameOf: (name: string) => string }) {
  const { model, name, outOfBagError } = trained
  const draw = useCallback((theme: ChartTheme) => (outOfBagError ? outOfBagFigure(outOfBagError, styleOf(theme, at).colour, theme) : null), [outOfBagError, at]) // prettier-ignore
  if (model.kind !== 'forest') return null
  const last = outOfBagError?.all.at(-1) ?? NaN
  const permutation = model.engine === 'wasm' ? model.importance.permutation : undefined
  return (
    <>
      <FigureCard
        title="Out-of-bag error by trees"
        aside={`${name}, ${formatCount(outOfBagError?.all.length ?? 0)} trees; ${formatFixed(last, 3)} at the end`}
        name={`${name}-out-of-bag`}
        height={260}
        draw={draw}
        label={`Share of patients whom the trees that did not draw them call wrongly: ${formatFixed(last, 3)} with all trees`}
        tabulate={() => ({ columns: ['trees', 'all', 'positive', 'negative'], rows: outOfBagError!.all.map((all, t) => [t + 1, all, outOfBagError!.positive[t], outOfBagError!.negative[t]]) })} // prettier-ignore
        empty="This engine keeps no out-of-bag votes by tree."
      >
        <ul className="modelLegend">
          <li>
            <ModelMark at={at} /> all patients
          </li>
          <li>
            <i className="classSwatch positive" /> positive
          </li>
          <li>
            <i className="classSwatch negative" /> negative
          </li>
        </ul>
      </FigureCard>
      {permutation && (
        <section className="card tableCard" aria-label={`${name}: importance out of bag`}>
          <header>
            <h2>Importance in the forest</h2>
            <span className="dim ellipsis">loss of out-of-bag accuracy when shuffled, mean of trees ± SE; after selection</span>
          </header>
          <div className="analysisScroll thresholds" tabIndex={0} role="region" aria-label="Importance in the forest, table">
            <table>
              <thead>
                <tr>
                  <th scope="col">Feature</th>
                  {['Loss of accuracy', 'SE', 'Gini'].map((head) => (
                    <th scope="col" className="number" key={head}>
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {model.columns
                  .map((column, j) => ({ column, j }))
                  .sort((a, b) => permutation.mean[b.j] - permutation.mean[a.j])
                  .map(({ column, j }) => (
                    <tr key={column}>
                      <th scope="row" title={column}>
                        {nameOf(column)}
                      </th>
                      <td className="number">{formatFixed(permutation.mean[j], 4)}</td>
                      <td className="number dim">{formatFixed(permutation.standardError[j], 4)}</td>
                      <td className="number">{model.engine === 'wasm' ? formatFixed(model.importance.giniShare[j], 3) : '–'}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  )
}

/** What every model leans on, so measured that models can be compared: in patients whom they did not learn from. */
function ImportanceCard({ analysis, nameOf }: { analysis: Analysis; nameOf: (name: string) => string }) {
  const { path, resampling } = analysis
  const models = useMemo(
    () =>
      path.models.flatMap(({ name }, at): ModelImportance[] => {
        const features = resampling?.importance[name] ?? null
        return features && features.length > 0 ? [{ model: name, at, features }] : []
      }),
    [path, resampling],
  )
  const draw = useCallback(
    (theme: ChartTheme) => (models.length > 0 ? importanceFigure(models, nameOf, theme) : null),
    [models, nameOf],
  )
  const tooMany = path.models.some(({ name }) => resampling?.importance[name] === null)
  const best = models.map(({ model, features: [first] }) => `${model} on ${nameOf(first.name)} (${formatFixed(first.drop, 3)})`)
  return (
    <FigureCard
      title="What do they lean on?"
      aside="loss of AUC out of fold, 95 % band"
      name="importance"
      height={300}
      draw={draw}
      label={`Permutation importance on held-out patients: most of all ${best.join(', ')}`}
      tabulate={() => ({
        columns: ['model', 'feature', 'loss of AUC', 'lower', 'upper', 'folds'],
        rows: models.flatMap(({ model, features }) => features.map(({ name, drop, lower, upper, folds }) => [model, name, drop, lower, upper, folds])), // prettier-ignore
      })}
      empty={
        resampling === null
          ? 'Needs nested folds: the protocol has none.'
          : tooMany
            ? 'The models take more than 60 features: too many to shuffle one by one.'
            : tellNoFold(resampling)
      }
      tools={
        <Help title="the importance">
          In every fold a feature is shuffled among the held-out patients, 20 times; how much the AUC falls is what the model
          leans on it. In folds that did not keep the feature nothing falls. A band around 0 says that it may as well be noise.
        </Help>
      }
    >
      <ul className="modelLegend">
        {models.map(({ model, at }) => (
          <li key={model}>
            <ModelMark at={at} /> {model}
          </li>
        ))}
      </ul>
    </FigureCard>
  )
}

const sources = { apparent: 'apparent: they learnt from these patients', 'out-of-bag': 'out of bag, after selection', 'out-of-fold': 'out of fold', new: 'new patients' } as const // prettier-ignore

function ScoresCard({ trained, outcome }: { trained: TrainedModel; outcome: Uint8Array }) {
  const { name, training, scoresFrom, scoreKind } = trained
  const rows = useMemo(() => training.flatMap((score, row) => (Number.isNaN(score) ? [] : [row])), [training])
  const unit = scoreKind === 'probability' ? 'probability' : 'score'
  const draw = useCallback(
    (theme: ChartTheme) => classScoresFigure(Float64Array.from(rows, (row) => training[row]), rows.map((row) => outcome[row]), unit, theme), // prettier-ignore
    [rows, training, outcome, unit],
  )
  const labels = rows.map((row) => outcome[row])
  const auc = rocAuc(rows.map((row) => training[row]), labels) // prettier-ignore
  return (
    <FigureCard
      title="Scores of training"
      aside={`${name}, ${sources[scoresFrom]}`}
      name={`${name}-training-scores`}
      height={230}
      draw={draw}
      label={`Scores of ${name} for the training patients, ${sources[scoresFrom]}: AUC ${formatFixed(auc, 3)}`}
      tabulate={() => ({ columns: ['score', 'outcome'], rows: rows.map((row) => [training[row], outcome[row]]) })}
    >
      <ul className="modelLegend">
        <li>
          <i className="classSwatch positive" /> {formatCount(labels.filter((label) => label === 1).length)} positive
        </li>
        <li>
          <i className="classSwatch negative" /> {formatCount(labels.filter((label) => label === 0).length)} negative
        </li>
        <li className="dim">AUC {formatFixed(auc, 3)} of training; Evaluate has the honest one</li>
      </ul>
    </FigureCard>
  )
}
