import { createStore } from 'zustand/vanilla'
import { createMaskHistory, type MaskHistory } from '../../core/mask/history.ts'
import { firstLesion } from '../../core/study/unnamedStudy.ts'
import type { DeletionsStore } from '../deletions.ts'
import type { KeepRegionsServices } from '../keep/context.ts'
import { createKeepRegions } from '../keep/keepRegions.ts'
import type { ReadersStore } from '../readers.ts'
import { createBothReaders } from './bothReaders.ts'
import { createChanges } from './changes.ts'
import { isInHand, type RoiContext } from './context.ts'
import { createInHand } from './inHand.ts'
import { createKeeping } from './keeping.ts'
import { createLesions } from './lesions.ts'
import { createLocks } from './locks.ts'
import { createRecovery, takeNews } from './recovery.ts'
import { nothingOpen, type RoiState, type RoiStore } from '../roi.ts'

export interface RoiServices extends Pick<KeepRegionsServices, 'masks' | 'oldRegions' | 'claims' | 'nameRegion'> {
  readonly deletions: DeletionsStore
  readonly readers: ReadersStore
  readonly now: () => number
  readonly history?: MaskHistory
  /** Which lesion of an image's patient is drawn; where nobody knows, it is the first. */
  readonly lesionOf?: RoiContext['lesionOf']
  readonly chooseLesion?: RoiContext['chooseLesion']
  /** Why a reader may not draw on an image, whatever its region is; null where they may. */
  readonly whyNotDraw?: RoiContext['whyNotDraw']
  /** Ends the stroke under the hand, if there is one: it is recorded then, as what was drawn so far. */
  readonly endStroke?: () => void
}

/** Region, history and progress of the image in hand; how regions are kept is in `keep/`. */
export function createRoiStore({
  history = createMaskHistory(),
  endStroke = () => {},
  whyNotDraw = () => null,
  lesionOf = () => firstLesion,
  chooseLesion = () => {},
  ...services
}: RoiServices): RoiStore {
  return createStore<RoiState>()((set, get) => {
    const regions = createKeepRegions({
      ...services,
      onUpdate(key, { keeping, recovery, isElsewhere }) {
        if (isInHand(context, key)) set({ keeping, recovery, openElsewhere: isElsewhere })
        const isKeeping = regions.list().some((region) => region.keeping.status === 'keeping')
        if (isKeeping !== get().isKeeping) set({ isKeeping })
      },
      onHash: (key, maskHash) => set({ maskHashes: { ...get().maskHashes, [key]: maskHash } }),
      onNews: (...news) => takeNews(context, ...news),
    })
    const context: RoiContext = { ...services, get, set, regions, history, endStroke, whyNotDraw, lesionOf, chooseLesion }
    return {
      ...nothingOpen,
      revision: 0,
      isKeeping: false,
      kept: [],
      notice: null,
      openElsewhere: false,
      statuses: {},
      maskHashes: {},
      tell: (notice) => set({ notice }),
      dismissNotice: () => set({ notice: null }),
      ...createInHand(context),
      ...createChanges(context),
      ...createLocks(context),
      ...createBothReaders(context),
      ...createLesions(context),
      ...createRecovery(context),
      ...createKeeping(context),
    }
  })
}
