import { modelStyles, printColours } from '../core/report/printColours.ts'

/** Colours and letters of figures; nothing of the page's style sheet reaches them. */
export interface ChartTheme {
  readonly text: string
  readonly dim: string
  readonly line: string
  readonly axis: string
  /** Of the class that is looked for, and of the other one: no model has them. */
  readonly positive: string
  readonly negative: string
  /** One a model; told apart by their dashes too. */
  readonly models: readonly { readonly colour: string; readonly dash: string }[]
  /** One a batch (`batchStyles.ts`), told apart by their shapes too. */
  readonly batches: readonly string[]
  /** Of verdicts: kept, undecided, dropped. A sign or a word says it too. */
  readonly good: string
  readonly doubtful: string
  readonly bad: string
  /** From -1 over 0 to 1; the ends are equally light. */
  readonly diverging: readonly [string, string, string]
  /** Of numbers that stand on them. */
  readonly onDiverging: string
  readonly background: string
  readonly font: string
  readonly fontSize: number
}

export const darkTheme: ChartTheme = {
  text: '#e6e9ef',
  dim: '#a3acba',
  line: '#262c37',
  axis: '#6b7585',
  positive: '#ff8f52',
  negative: '#6b7891',
  models: modelStyles(['#4cc2b4', '#8c9bff', '#e9d8a6']),
  batches: ['#4cc2b4', '#8c9bff', '#e9d8a6', '#e6396d', '#a6e667', '#cc8f00'],
  good: '#6fcf97',
  doubtful: '#e0b050',
  bad: '#ff7b72',
  diverging: ['#c8743a', '#1c212b', '#2f9a8d'],
  onDiverging: '#ffffff',
  background: 'transparent',
  font: 'Inter Variable, Inter, system-ui, sans-serif',
  fontSize: 12,
}

/** For paper, whatever the screen; plotly writes names of fonts only, so it is one that every machine has. */
export const printTheme: ChartTheme = {
  ...printColours,
  models: modelStyles(printColours.models),
  batches: ['#00857a', '#2f37c4', '#a98600', '#4c132a', '#8c85cc', '#990000'],
  good: '#1a7f4b',
  doubtful: '#8a6100',
  bad: '#c02b22',
  diverging: ['#e0975f', '#f4f5f7', '#46b3a5'],
  onDiverging: '#16191f',
  background: '#ffffff',
  font: 'Arial, Helvetica, sans-serif',
  fontSize: 12,
}

/** For a light screen: the colours of paper in the letters of the page. */
export const lightTheme: ChartTheme = { ...printTheme, background: 'transparent', font: darkTheme.font }

export const styleOf = ({ models }: ChartTheme, at: number) => models[at % models.length]

/** The same colour, so strong. @param share 0 to 1 */
export function withOpacity(colour: string, share: number): string {
  const channel = (at: number) => parseInt(colour.slice(at, at + 2), 16)
  return `rgba(${channel(1)}, ${channel(3)}, ${channel(5)}, ${share})`
}
