/** Colours of figures on paper, of the page's charts and of the report's figures; `charts/theme.test.ts` measures how far apart they are. */
export const printColours = {
  text: '#16191f',
  dim: '#4a5361',
  line: '#e3e6eb',
  axis: '#8592a3',
  /** Of the class that is looked for, and of the other one: no model has them. */
  positive: '#b02a00',
  negative: '#8390a1',
  models: ['#00857a', '#2f37c4', '#a98600'],
} as const

/** Lengths of the lines and gaps of curves, which are told apart by them too. */
const printDashes = ['solid', '7px,3px', '2px,3px', '8px,3px,2px,3px'] as const

/** The style of the model at a place among all: colours come again with other dashes. */
export function modelStyles(colours: readonly string[]): { readonly colour: string; readonly dash: string }[] {
  return printDashes.flatMap((_, turn) => colours.map((colour, i) => ({ colour, dash: printDashes[(i + turn) % printDashes.length] }))) // prettier-ignore
}
