import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TimeIntensityOptions } from '../core/cohort/timeIntensityOptions.ts'
import type { CurveStore } from '../storage/curveStore.ts'
import type { KeptCurve } from '../storage/schema.ts'

export interface CurvesState {
  /** By which curves are told apart. */
  readonly options: TimeIntensityOptions
  /** The last curve of each region, by its key. */
  readonly curves: Readonly<Record<string, KeptCurve>>
  setOptions(options: TimeIntensityOptions): void
  /** Nothing is written where it is as before. */
  keep(curve: Omit<KeptCurve, 'savedAt'>): void
}

export type CurvesStore = StoreApi<CurvesState>

/** Time-intensity curves of this session and, through the browser's database, of earlier ones. */
export function createCurvesStore(
  options: TimeIntensityOptions,
  {
    store,
    keepOptions,
    now,
    onNotKept,
  }: {
    readonly store: CurveStore
    readonly keepOptions: (options: TimeIntensityOptions) => void
    readonly now: () => number
    /** What the browser refused: it stays in this session. */
    readonly onNotKept: (reason: unknown) => void
  },
): CurvesStore {
  const curves = createStore<CurvesState>()((set, get) => ({
    options,
    curves: {},
    setOptions(options) {
      keepOptions(options)
      set({ options })
    },
    keep(curve) {
      const before = get().curves[curve.key]
      if (before && textOf(before) === textOf(curve)) return
      const kept = { ...curve, savedAt: now() }
      set({ curves: { ...get().curves, [curve.key]: kept } })
      store.keep(kept).catch(onNotKept)
    },
  }))
  store
    .list()
    .then((kept) =>
      curves.setState({ curves: { ...Object.fromEntries(kept.map((one) => [one.key, one])), ...curves.getState().curves } }),
    )
    .catch(onNotKept)
  return curves
}

const textOf = ({ phases, timesS, means, options, description }: Omit<KeptCurve, 'savedAt'>) =>
  JSON.stringify([phases, timesS, means, options, description])
