import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Grid } from '../core/image/volume.ts'
import type { Bubble } from '../core/mask/grow/activeContour.ts'
import { defaultContourSettings, type ContourSettings, type ContourSetup } from '../core/mask/grow/contourFromBubbles.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { Joining } from '../../workers/maskBridge.ts'
import type { MaskOperationStore } from './maskOperation.ts'
import type { OpenRoi } from './region.ts'
import type { RoiStore } from './roi.ts'

export interface ContourToolState {
  /** For the region in hand: they go and come back with it. */
  readonly bubbles: readonly Bubble[]
  /** Of the next bubble. */
  readonly radiusMm: number
  readonly settings: ContourSettings
  readonly joining: Joining
  /** What the contour was started with last; null until there was one for this region. */
  readonly setup: ContourSetup | null
  /** Until the contour evolves, its speed image lies over the slices. */
  readonly showsSpeed: boolean
  setRadius(radiusMm: number): void
  showSpeed(showsSpeed: boolean): void
  /** A contour under preview is started anew with it. */
  set(change: Partial<ContourSettings & { readonly joining: Joining }>): void
  /** Puts a bubble there and starts the contour with all of them. One that is refused, or that no contour can be started from, is not kept. */
  add(centre: Triple): Promise<void>
  /** Takes a bubble away; a contour under preview is started anew without it. */
  remove(at: number): void
  /** Starts the contour from its bubbles again. */
  start(): Promise<void>
  clear(): void
}

export type ContourStore = StoreApi<ContourToolState>

const action = 'Active contour'

/** What an active contour is set up with, before it evolves. */
export function createContourStore(roi: RoiStore, operation: MaskOperationStore): ContourStore {
  const ofRegion = new WeakMap<OpenRoi, Pick<ContourToolState, 'bubbles' | 'setup'> & Pick<ContourSettings, 'range'>>()
  return createStore<ContourToolState>()((set, get) => {
    const begin = async (bubbles: readonly Bubble[]) => {
      const { open } = roi.getState()
      if (!open) return
      const { bubbles: before, settings, joining } = get()
      set({ bubbles })
      if (bubbles.length === 0) {
        operation.getState().cancel()
        return
      }
      const isBegun = await operation.getState().startContour(action, { image: open.image, bubbles, settings, joining })
      if (!isBegun && get().bubbles === bubbles) set({ bubbles: before })
    }
    /** Its setting up is under way, or it is seen. */
    const isInHand = () => {
      const { run } = operation.getState()
      return (run.status === 'preview' && run.contour !== null) || (run.status === 'running' && run.action === action)
    }
    roi.subscribe(({ open }, before) => {
      if (open === before.open) return
      // Places and grey levels are those of an image, and one reader sees nothing of the other's.
      const { bubbles, setup, settings } = get()
      if (before.open) ofRegion.set(before.open, { bubbles, setup, range: settings.range })
      const { range, ...own } = (open && ofRegion.get(open)) ?? { bubbles: [], setup: null, range: null }
      set({ ...own, settings: { ...settings, range } })
    })
    operation.subscribe(({ run }) => {
      const setup = run.status === 'preview' ? run.contour?.setup : undefined
      if (setup && setup !== get().setup) set({ setup })
    })
    return {
      bubbles: [],
      radiusMm: 4,
      settings: defaultContourSettings,
      joining: 'add',
      setup: null,
      showsSpeed: true,
      setRadius: (radiusMm) => set({ radiusMm }),
      showSpeed: (showsSpeed) => set({ showsSpeed }),
      set({ joining = get().joining, ...change }) {
        set({ joining, settings: { ...get().settings, ...change } })
        if (isInHand()) void begin(get().bubbles)
      },
      add: (centre) => begin([...get().bubbles, { centre, radiusMm: get().radiusMm }]),
      remove(at) {
        const bubbles = get().bubbles.filter((_, i) => i !== at)
        if (isInHand()) void begin(bubbles)
        else set({ bubbles })
      },
      start: () => begin(get().bubbles),
      clear: () => void begin([]),
    }
  })
}

/** The bubble that a voxel lies in, the one with the nearest centre; -1 for none. */
export function findBubble(bubbles: readonly Bubble[], { spacingMm }: Pick<Grid, 'spacingMm'>, voxel: Triple): number {
  const shares = bubbles.map(({ centre, radiusMm }) => {
    const [x, y, z] = voxel.map((at, axis) => (at - centre[axis]) * spacingMm[axis])
    return Math.sqrt(x * x + y * y + z * z) / radiusMm
  })
  const nearest = Math.min(...shares)
  return nearest <= 1 ? shares.indexOf(nearest) : -1
}
