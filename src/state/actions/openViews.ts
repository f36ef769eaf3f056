import type { createViewer, Viewer } from '../../viewer/index.ts'
import type { DraftsState } from '../drafts.ts'
import type { DrawOverState } from '../drawOver.ts'
import type { GrowthState } from '../growth.ts'
import type { HandState } from '../hand.ts'
import type { Readable } from '../readable.ts'
import type { RoiState, RoiStore } from '../roi.ts'
import type { SeedsState, SeedsStore } from '../seeds.ts'
import type { ShownLayers } from '../shownLayers.ts'

export interface OpenViewsServices {
  readonly hand: Readable<Pick<HandState, 'preset' | 'maskStyle' | 'attachViewer'>>
  readonly roi: Readable<Pick<RoiState, 'recordStroke' | 'undo' | 'refuseLocked' | 'revision'>> & Pick<RoiStore, 'subscribe'>
  readonly seeds: Readable<Pick<SeedsState, 'recordStroke' | 'undo' | 'isDrawing' | 'revision'>> & Pick<SeedsStore, 'subscribe'>
  readonly drafts: Readable<Pick<DraftsState, 'keep'>>
  readonly drawOver: Readable<Pick<DrawOverState, 'accepts' | 'tellHeld'>>
  readonly growth: Readable<Pick<GrowthState, 'growFrom'>>
  readonly shownLayers: Readable<Pick<ShownLayers, 'masks'>>
  /** @returns how to end it */
  readonly showLayers: (viewer: Viewer) => () => void
}

/**
 * Puts the three planes into elements of the page. What is drawn in them goes to the stores, and from there into the browser, before
 * the hand can do anything else, whatever the page draws meanwhile.
 */
export function createOpenViews({ hand, roi, seeds, drafts, drawOver, growth, shownLayers, showLayers }: OpenViewsServices) {
  /** What the brush draws on. */
  const drawnState = () => (seeds.getState().isDrawing ? seeds.getState() : roi.getState())

  /**
   * @param create comes with the screen: a page that shows no image is drawn without it
   * @returns how to end it
   */
  return (create: typeof createViewer, elements: Parameters<typeof createViewer>[0]): (() => void) => {
    let isOwn = false
    /** A change of the mask that comes from the viewer. @returns whether there was one */
    const asOwn = (change: () => void) => {
      const { revision: before } = drawnState()
      isOwn = true
      change()
      isOwn = false
      return drawnState().revision !== before
    }
    const viewer: Viewer = create(elements, {
      preset: hand.getState().preset,
      maskStyle: hand.getState().maskStyle,
      takeBack: () => asOwn(() => drawnState().undo()),
      // Strokes outside say what is not the tumour, wherever that is.
      drawOver: () => (seeds.getState().isDrawing ? null : drawOver.getState().accepts()),
      mayEdit: () => seeds.getState().isDrawing || !roi.getState().refuseLocked(),
    })
    // A filled polygon is changed by undoing its filling: not once something else has been done.
    const endOutline = (state: { readonly revision: number }, before: { readonly revision: number }) => {
      if (state.revision !== before.revision && !isOwn) viewer.endOutline()
    }
    const stops = [
      viewer.on('strokeEnd', ({ action, difference }) => {
        asOwn(() => drawnState().recordStroke(action, difference))
      }),
      viewer.on('held', (held) => drawOver.getState().tellHeld(held)),
      viewer.on('outline', (outline) => {
        const { draftKey } = shownLayers.getState().masks
        if (draftKey !== null) void drafts.getState().keep(draftKey, outline)
      }),
      viewer.on('pick', ({ plane, index }) => growth.getState().growFrom(index, plane)),
      roi.subscribe(endOutline),
      seeds.subscribe(endOutline),
      hand.getState().attachViewer(viewer),
      showLayers(viewer),
    ]
    return () => {
      stops.forEach((stop) => stop())
      viewer.dispose()
    }
  }
}
