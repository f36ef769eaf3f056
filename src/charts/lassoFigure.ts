import type { LassoSelection } from '../core/select/lassoSelection.ts'
import type { Data, Figure } from './figure.ts'
import { layoutOf } from './plotArea.ts'
import type { ChartTheme } from './theme.ts'

const lnOf = (lambdas: readonly number[]) => lambdas.map((lambda) => Math.log(lambda))
const spread = (values: readonly number[], room: number): [number, number] => {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const more = room * (high - low || 1)
  return [low - more, high + more]
}

/** Where the two lambdas stand; the used one is solid. */
function markLambdas({ choice, rule }: LassoSelection, theme: ChartTheme) {
  const line = (lambda: number, isUsed: boolean) => ({ type: 'line' as const, x0: Math.log(lambda), x1: Math.log(lambda), yref: 'paper' as const, y0: 0, y1: 1, line: { color: isUsed ? theme.text : theme.dim, width: 1.2, dash: isUsed ? ('solid' as const) : ('dot' as const) } }) // prettier-ignore
  return [line(choice.minimum, rule === 'minimum'), line(choice.oneSe, rule === 'one SE')]
}

const margin = { l: 50, r: 12, t: 8, b: 40 } as const

/** Coefficients an SD along the path; the kept features are coloured. */
export function lassoPathFigure(step: LassoSelection, nameOf: (name: string) => string, theme: ChartTheme): Figure {
  const x = lnOf(step.choice.lambda)
  const kept = new Set(step.kept)
  const line = ({ name, coefficients }: LassoSelection['paths'][number]): Data => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x,
    y: [...coefficients],
    line: { color: kept.has(name) ? theme.models[0].colour : theme.negative, width: kept.has(name) ? 1.9 : 1 },
    opacity: kept.has(name) ? 1 : 0.6,
    hovertemplate: `${nameOf(name)}: %{y:.3f} an SD at log λ %{x:.2f}<extra></extra>`,
  })
  const values = step.paths.flatMap(({ coefficients }) => coefficients)
  return {
    data: [...step.paths].sort((a, b) => Number(kept.has(a.name)) - Number(kept.has(b.name))).map(line),
    layout: {
      ...layoutOf({ margin, x: spread(x, 0.02), y: spread([0, ...values], 0.06) }, theme, { x: 'log λ', y: 'coefficient an SD' }),
      shapes: markLambdas(step, theme),
    },
  }
}

/** The cross-validated measure along the path, with its standard error. */
export function lassoChoiceFigure(step: LassoSelection, theme: ChartTheme): Figure {
  const { lambda, mean, standardError, measure } = step.choice
  const x = lnOf(lambda)
  const ends = mean.flatMap((value, k) => [value - standardError[k], value + standardError[k]]).filter(Number.isFinite)
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        name: measure,
        x,
        y: [...mean],
        error_y: { type: 'data', array: [...standardError], color: theme.dim, thickness: 1, width: 0 },
        marker: { color: theme.models[0].colour, size: 5 },
        hovertemplate: `log λ %{x:.2f}: ${measure} %{y:.4f}<extra></extra>`,
      },
    ],
    layout: {
      ...layoutOf({ margin, x: spread(x, 0.02), y: spread(ends, 0.05) }, theme, { x: 'log λ', y: measure === 'AUC' ? 'AUC, held out' : 'deviance a patient, held out' }), // prettier-ignore
      shapes: markLambdas(step, theme),
    },
  }
}
