import { commit } from './commit.ts'
import type { Database, KeptCurve } from './schema.ts'

/** Time-intensity curves, the last one of each region. */
export interface CurveStore {
  keep(curve: KeptCurve): Promise<void>
  list(): Promise<KeptCurve[]>
}

export function createCurveStore(database: Database): CurveStore {
  const { curves } = database
  return {
    keep: (curve) =>
      commit(database, { stores: [curves] }, async (note) => {
        await curves.put(curve)
        await note({ act: 'trace-curve', subject: curve.key })
      }),
    list: () => curves.toArray(),
  }
}
