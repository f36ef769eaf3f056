import { darkTheme, type ChartTheme } from './theme.ts'

/** One a batch, told apart by their shapes too. */
export interface BatchStyle {
  readonly colour: string
  readonly symbol: string
}

const symbols = ['circle', 'square', 'diamond', 'cross', 'triangle-up', 'x'] as const
const onDark = ['#4cc2b4', '#8c9bff', '#e9d8a6', '#e07bb0', '#7ec8f2', '#b3d166']
const onLight = ['#00857a', '#2f37c4', '#a98600', '#a3386f', '#1f78b4', '#5b7a00']

/** Of as many batches as there are: after the sixth the same colours come with other shapes. */
export function batchStyle(theme: ChartTheme, at: number): BatchStyle {
  const colours = theme === darkTheme ? onDark : onLight
  const turn = Math.floor(at / colours.length)
  return { colour: colours[at % colours.length], symbol: symbols[(at + turn) % symbols.length] }
}
