import type { Data, Layout } from 'plotly.js'

/** What plotly draws; plain data. */
export interface Figure {
  readonly data: readonly Data[]
  readonly layout: Partial<Layout>
}
