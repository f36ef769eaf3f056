import type { Dash, Data, Layout, LayoutAxis } from 'plotly.js'

/** What plotly draws; plain data. */
export interface Figure {
  readonly data: readonly Data[]
  readonly layout: Partial<Layout>
}

export type { Data, Layout, LayoutAxis }

/** Whose point it is: a trace whose `meta` is one of these names a patient or a feature a point by its `ids`. */
export interface PointOwner {
  readonly of: 'patients' | 'features'
  readonly id: string
}

/** For a trace, one ID a point. plotly's types know nothing of `meta`. */
export const ownedBy = (of: PointOwner['of'], ids: readonly string[]) => ({ ids: [...ids], meta: of })

/** The one of a point of a trace; undefined where points are nobody's. */
export function ownerOf(
  { meta, ids }: { readonly meta?: unknown; readonly ids?: unknown },
  point: number,
): PointOwner | undefined {
  const id: unknown = Array.isArray(ids) ? ids[point] : undefined
  return (meta === 'patients' || meta === 'features') && typeof id === 'string' ? { of: meta, id } : undefined
}

/** plotly takes lengths of dashes too, of which its types know nothing. */
export const dashed = (lengths: string) => lengths as Dash
