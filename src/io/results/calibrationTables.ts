import type { Calibration, Coefficient } from '../../core/evaluate/calibration.ts'
import type { Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { nameScores } from '../../core/evaluate/scoresFrom.ts'
import type { NamedTable } from './namedTable.ts'
import { tellScoresFrom } from './messages.ts'

/** The figures of calibration, a row each, and what its plot is drawn from. */
export function calibrationTables(evaluation: Evaluation): NamedTable[] {
  return [figureTable(evaluation), curveTable(evaluation)]
}

function calibrated({ cohorts }: Evaluation) {
  return cohorts.flatMap((cohort) =>
    cohort.models.flatMap(({ model, scoresFrom, calibration }) => (calibration ? [{ start: [nameScores(cohort), model, tellScoresFrom(scoresFrom)], calibration }] : [])),
  ) // prettier-ignore
}

function figureTable(evaluation: Evaluation): NamedTable {
  const columns = ['cohort', 'model', 'scores', 'measure', 'estimate', 'standard_error', 'lower', 'upper', 'interval', 'level', 'note'] // prettier-ignore
  const { level } = evaluation.options
  const rows = calibrated(evaluation).flatMap(({ start, calibration }) => {
    const note = calibration.note ?? ''
    return [
      ...coefficients(calibration).map(([measure, { estimate, standardError, interval }]) => [...start, measure, estimate, standardError, interval.lower, interval.upper, 'Wald', level, note]),
      ...plainFigures(calibration).map(([measure, value]) => [...start, measure, value, NaN, NaN, NaN, '', NaN, note]),
    ]
  }) // prettier-ignore
  return { name: 'calibration', columns, rows }
}

function coefficients({ inTheLarge, slope, jointIntercept }: Calibration): (readonly [string, Coefficient])[] {
  return [
    ['in_the_large', inTheLarge],
    ['intercept', jointIntercept],
    ['slope', slope],
  ]
}

function plainFigures(calibration: Calibration): (readonly [string, number])[] {
  const { patients, events, meanPredicted, brier, brierScaled, r2, zeroOrOne, hosmerLemeshow, lowessDistances, loessDistances } = calibration // prettier-ignore
  return [
    ['rows', patients],
    ['events', events],
    ['mean_predicted', meanPredicted],
    ['zero_or_one', zeroOrOne],
    ['brier', brier],
    ['brier_scaled', brierScaled],
    ['r2_nagelkerke', r2],
    ['hosmer_lemeshow_chi_square', hosmerLemeshow.statistic],
    ['hosmer_lemeshow_df', hosmerLemeshow.df],
    ['hosmer_lemeshow_p', hosmerLemeshow.p],
    ['eavg_lowess', lowessDistances.mean],
    ['e90_lowess', lowessDistances.p90],
    ['emax_lowess', lowessDistances.maximum],
    ...(loessDistances ? ([['ici_loess', loessDistances.mean], ['e50_loess', loessDistances.median], ['e90_loess', loessDistances.p90], ['emax_loess', loessDistances.maximum]] as const) : []),
  ] // prettier-ignore
}

function curveTable(evaluation: Evaluation): NamedTable {
  const columns = ['cohort', 'model', 'scores', 'curve', 'predicted', 'observed', 'lower', 'upper', 'interval', 'level', 'rows', 'events'] // prettier-ignore
  const { level } = evaluation.options
  const rows = calibrated(evaluation).flatMap(({ start, calibration: { curve, deciles } }) => [
    // Equal predictions have equal places on the curve: one row.
    ...curve.x.flatMap((x, i) => (x === curve.x[i - 1] ? [] : [[...start, 'lowess', x, curve.y[i], NaN, NaN, '', NaN, NaN, NaN]])),
    ...deciles.map(({ meanPredicted, observed, interval, patients, events }) => [...start, 'tenths', meanPredicted, observed, interval.lower, interval.upper, 'Wilson', level, patients, events]),
  ]) // prettier-ignore
  return { name: 'calibration_curve', columns, rows }
}
