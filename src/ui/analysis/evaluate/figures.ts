import { calibrationFigure } from '../../../charts/calibrationFigure.ts'
import { decisionCurveFigure, type DrawnBenefit } from '../../../charts/decisionCurveFigure.ts'
import type { Figure } from '../../../charts/figure.ts'
import { precisionRecallFigure } from '../../../charts/precisionRecallFigure.ts'
import { rocFigure } from '../../../charts/rocFigure.ts'
import type { ChartTheme } from '../../../charts/theme.ts'
import { waterfallFigure, type ScoredPatient } from '../../../charts/waterfallFigure.ts'
import { cutoffOf, type ShownModel } from '../../../state/analysis/threshold.ts'

/** Place of a model among all of the evaluation: its colour and dash stay with it in every cohort. */
export const placeOf = ({ record }: ShownModel, model: string) => record.evaluation.models.findIndex(({ name }) => name === model)

export function drawRoc(shown: ShownModel, theme: ChartTheme): Figure {
  const models = shown.record.evaluation.models.flatMap(({ name }) => {
    const found = shown.cohort.models.find(({ model }) => model === name)
    return found ? [{ name, curve: found.roc }] : []
  })
  return rocFigure(models, { name: shown.model.model, band: shown.patients.bands[shown.model.model] ?? null }, theme)
}

/** Those whose scores are probabilities. */
export function benefitsOf(shown: ShownModel): DrawnBenefit[] {
  return shown.cohort.models.flatMap(({ model, decisionCurve }) =>
    decisionCurve ? [{ name: model, at: placeOf(shown, model), curve: decisionCurve }] : [],
  )
}

/** The one that the model is judged by at first. */
export const firstCutoff = (shown: ShownModel) => cutoffOf(shown, { kind: 'youden' }, false)?.threshold ?? NaN

export const drawBenefits = (shown: ShownModel, theme: ChartTheme): Figure =>
  decisionCurveFigure(benefitsOf(shown), shown.model.model, firstCutoff(shown), theme)

export function drawCalibration(shown: ShownModel, theme: ChartTheme): Figure | null {
  const { calibration, model } = shown.model
  return calibration && calibrationFigure(calibration, placeOf(shown, model), theme)
}

export const drawPrecision = (shown: ShownModel, theme: ChartTheme): Figure =>
  precisionRecallFigure(
    shown.cohort.models.map(({ model, precisionRecall }) => ({ name: model, at: placeOf(shown, model), curve: precisionRecall })),
    shown.model.model,
    theme,
  )

/** Those whom the model scores, in the order of the table. */
export function scoredPatients({ patients, model }: ShownModel): ScoredPatient[] {
  const scores = patients.scores[model.model]
  return patients.ids.flatMap((id, row) => (Number.isNaN(scores[row]) ? [] : [{ id, score: scores[row], isPositive: patients.outcome[row] === 1 }])) // prettier-ignore
}

export const drawWaterfall = (shown: ShownModel, theme: ChartTheme): Figure =>
  waterfallFigure(scoredPatients(shown), firstCutoff(shown), theme)
