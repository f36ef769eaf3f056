import type { Dash, Data, Layout, LayoutAxis } from 'plotly.js'

/** What plotly draws; plain data. */
export interface Figure {
  readonly data: readonly Data[]
  readonly layout: Partial<Layout>
}

export type { Data, Layout, LayoutAxis }

/** plotly takes lengths of dashes too, of which its types know nothing. */
export const dashed = (lengths: string) => lengths as Dash
