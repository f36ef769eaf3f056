import type { ChartTheme } from './theme.ts'

/** One a batch, told apart by their shapes too. */
export interface BatchStyle {
  readonly colour: string
  readonly symbol: string
}

const symbols = ['circle', 'square', 'diamond', 'cross', 'triangle-up', 'x'] as const

/** Of as many batches as there are: after the sixth the same colours come with other shapes. */
export function batchStyle({ batches }: ChartTheme, at: number): BatchStyle {
  const turn = Math.floor(at / batches.length)
  return { colour: batches[at % batches.length], symbol: symbols[(at + turn) % symbols.length] }
}
