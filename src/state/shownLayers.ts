import { createStore, type StoreApi } from 'zustand/vanilla'
import { shallow } from 'zustand/vanilla/shallow'
import { moveGrid } from '../core/image/rigidMove.ts'
import type { Volume } from '../core/image/volume.ts'
import { gridOfBox } from '../core/mask/boundingBox.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import {
  defaultViewerOptions,
  greyScaleOf,
  outsideColour,
  previewColour,
  startWindow,
  type Colour,
  type EnhancementMap,
  type OutlinedMask,
  type SecondImage,
} from '../viewer/index.ts'
import { moveBetween, type AlignmentState } from './alignments.ts'
import { isOfCompared, type ComparisonState } from './comparison.ts'
import type { ContourToolState } from './contour.ts'
import type { Growth, GrowthState } from './growth.ts'
import type { EnhancementSetting, EnhancementState } from './enhancement.ts'
import type { FoundVolume } from './images.ts'
import { lesionColour } from './lesionColour.ts'
import type { MaskOperationState, OperationRun } from './maskOperation.ts'
import type { MaskReviewState } from './maskReview.ts'
import { findOpenSeries, takePhases, type PhaseImage } from './openSeries.ts'
import type { OtherLesions } from './otherLesions.ts'
import { noChoices, phaseId, type PhasesState } from './phases.ts'
import type { Watched } from './readable.ts'
import type { OpenRoi } from './region.ts'
import type { RoiState } from './roi.ts'
import type { SecondState } from './second.ts'
import type { SeedsState } from './seeds.ts'

export interface MaskLayer {
  readonly mask: Mask
  readonly colour: Colour
  /** Of voxels that hold 2. */
  readonly secondColour?: Colour
}

/** The masks over the open image. */
export interface MaskLayers {
  /** What the brush draws on, or is looked at instead of it. */
  readonly mask: MaskLayer | null
  /** Over that, never painted on. */
  readonly preview: MaskLayer | null
  /** They are looked at, not painted on: the cursor takes the place of the tool in hand. */
  readonly isLookedAt: boolean
  /** Under which an outline that is drawn now is kept; null while none is shown. */
  readonly draftKey: string | null
}

/** What is shown over the open image, and over what. */
export interface ShownLayers {
  readonly masks: MaskLayers
  /** The borders of the other lesions, under those. */
  readonly others: readonly OutlinedMask[]
  /** Its border is drawn. */
  readonly box: BoundingBox | null
  /** Another image over the open one; that of the patient may stand beside it instead. */
  readonly over: (SecondImage & { readonly name: string | null }) | null
  readonly beside: FoundVolume | null
  /** Colours over the image, under the masks. */
  readonly enhancement: EnhancementMap | null
}

export type ShownLayersStore = StoreApi<ShownLayers>

const none: MaskLayers = { mask: null, preview: null, isLookedAt: false, draftKey: null }
const ownColour = defaultViewerOptions.colour

export interface MaskSources {
  readonly open: OpenRoi | null
  readonly isReviewing: boolean
  /** The mask under review on the image's grid, as far as it could be laid there. */
  readonly reviewed: Uint8Array<ArrayBuffer> | null
  /** Where two readers differ. */
  readonly compared: Uint8Array<ArrayBuffer> | null
  /** What an operation would make of the region. */
  readonly previewed: Uint8Array<ArrayBuffer> | null
  /** A new object for each growth, which paints the same mask anew. */
  readonly grown: Growth | null
  /** Strokes outside. */
  readonly outside: Mask | null
  readonly isDrawingOutside: boolean
}

/**
 * A mask under review is looked at alone, and so is where two readers differ. Else what a tool would make lies over the region, or
 * strokes outside do, unless they are what the brush draws.
 */
export function layMasks(sources: MaskSources): MaskLayers {
  const { open, isReviewing, reviewed, compared, previewed, grown, outside, isDrawingOutside } = sources
  if (!open) return none
  if (isReviewing) return { ...none, mask: reviewed && { mask: maskOf(open, reviewed), colour: ownColour }, isLookedAt: true }
  if (compared)
    return {
      ...none,
      preview: { mask: maskOf(open, compared), colour: ownColour, secondColour: outsideColour },
      isLookedAt: true,
    }
  const region = { mask: open.mask, colour: lesionColour(open.lesion) }
  const strokes = outside && { mask: outside, colour: outsideColour }
  return {
    mask: isDrawingOutside ? strokes : region,
    preview: previewed
      ? { mask: maskOf(open, previewed), colour: previewColour }
      : grown
        ? { mask: grown.preview, colour: previewColour }
        : isDrawingOutside
          ? region
          : strokes,
    isLookedAt: previewed !== null,
    draftKey: `${open.key}${isDrawingOutside ? ' outside' : ''}`,
  }
}

const maskOf = ({ image: { size, spacingMm, originMm, direction } }: OpenRoi, voxels: Uint8Array<ArrayBuffer>): Mask => ({
  size,
  spacingMm,
  originMm,
  direction,
  voxels,
})

export interface OverSources extends Pick<SecondState, 'way' | 'share'> {
  readonly image: Volume | null
  /** Of a contour that is set up. */
  readonly speed: NonNullable<(OperationRun & { readonly status: 'preview' })['contour']>['speed'] | null
  readonly second: FoundVolume | undefined
  readonly moves: AlignmentState['moves']
  /** Of the second image, where it differs from the one that it came with. */
  readonly window: SecondState['windows'][string] | undefined
}

/** Of the speed image over the slice: enough of the image is left to know where one is. */
const speedShare = 0.7

/** The speed image while a contour is set up (white is where it grows, black where it shrinks or stands), else the second image. */
export function layOver({ image, speed, second, way, share, moves, window }: OverSources): ShownLayers['over'] {
  if (!image) return null
  if (speed)
    return {
      name: null,
      voxels: speed.speed,
      grid: gridOfBox(image, speed.box),
      window: { ...(speed.kind === 'region' ? { centre: 0, width: 2 } : { centre: 0.5, width: 1 }), inverted: false },
      way: { kind: 'fade', share: speedShare },
    }
  if (!second || way === 'beside') return null
  const { volume, name } = second
  const move = moveBetween(moves, volume, image)
  return {
    name,
    voxels: volume.voxels,
    grid: move ? moveGrid(volume, move) : volume,
    window: greyScaleOf(volume, window ?? startWindow(volume)),
    way: way === 'fade' ? { kind: way, share } : { kind: way, squareMm: squareOf(image) },
  }
}

/** Side of the squares of a checkerboard: some ten over the longest side of the image. */
function squareOf({ size, spacingMm }: Volume): number {
  return Math.max(...size.map((count, axis) => count * spacingMm[axis])) / 10
}

/** Of the grey level at the upper end of the window: what is darker before contrast is air. */
const airShare = 0.1

/** The phase whose enhancement is coloured. @param phases by time @param chosen among them, or the one after the baseline is taken */
export function phaseAfter<T extends PhaseImage>([, ...later]: readonly T[], chosen: string | null): T | undefined {
  return later.find(({ id }) => id === chosen) ?? later[0]
}

export interface EnhancementSources extends EnhancementSetting {
  readonly image: Volume | null
  /** Of the visit that the image is of. */
  readonly images: readonly PhaseImage[]
  readonly choices: PhasesState['choices']
}

/** What a phase gained over the first one of the series that the open image belongs to. */
function layEnhancement({
  isShown,
  phaseId: chosen,
  image,
  images,
  choices,
  ...look
}: EnhancementSources): EnhancementMap | null {
  if (!isShown || !image) return null
  const { candidates, ownIds, key } = findOpenSeries(images, phaseId(image))
  const { phases } = takePhases(candidates, ownIds, choices[key] ?? noChoices)
  const [first, post] = [phases[0], phaseAfter(phases, chosen)]
  if (!first || !post) return null
  const { centre, width } = startWindow(first.volume)
  const smallestLevel = Math.max(0, airShare * (centre + width / 2))
  return { pre: first.volume, post: post.volume, smallestLevel, ...look }
}

export interface ShownLayersServices {
  readonly roi: Watched<RoiState>
  readonly maskReview: Watched<MaskReviewState>
  readonly comparison: Watched<ComparisonState>
  readonly maskOperation: Watched<MaskOperationState>
  readonly growth: Watched<GrowthState>
  readonly seeds: Watched<SeedsState>
  readonly contour: Watched<ContourToolState>
  readonly second: Watched<SecondState>
  readonly alignments: Watched<AlignmentState>
  readonly enhancement: Watched<EnhancementState>
  readonly phases: Watched<PhasesState>
  /** Whose the images are, on which the second image depends. */
  readonly patients: Watched<unknown>
  readonly otherLesions: Watched<OtherLesions>
  readonly secondImage: () => FoundVolume | undefined
  /** Of the open image's visit. */
  readonly listPhases: () => readonly FoundVolume[]
}

/** What is shown now; a layer stays the same object until something of it changes, since the viewer begins anew with another one. */
export function createShownLayersStore(services: ShownLayersServices): ShownLayersStore {
  const { secondImage, listPhases, ...stores } = services
  const {
    roi,
    maskReview,
    comparison,
    maskOperation,
    growth,
    seeds,
    contour,
    second,
    alignments,
    enhancement,
    phases,
    patients,
    otherLesions,
  } = stores

  const maskSources = (): MaskSources => {
    const { open } = roi.getState()
    const { proposal } = maskReview.getState()
    const compared = comparison.getState()
    const { run } = maskOperation.getState()
    const { outside, isDrawing } = seeds.getState()
    return {
      open,
      isReviewing: proposal !== null,
      reviewed: proposal?.region ?? null,
      compared: isOfCompared(compared.run, open) ? compared.shown : null,
      previewed: run.status === 'preview' ? run.result.voxels : null,
      grown: growth.getState().growth,
      outside,
      isDrawingOutside: isDrawing,
    }
  }
  const shownSecond = () => (maskReview.getState().proposal ? undefined : secondImage())
  const overSources = (): OverSources => {
    const image = roi.getState().open?.image ?? null
    const { run } = maskOperation.getState()
    const { way, share, windows } = second.getState()
    const shown = shownSecond()
    const isSettingUp = contour.getState().showsSpeed && run.status === 'preview' && run.contour?.rounds === 0
    return {
      image,
      speed: isSettingUp ? (run.contour?.speed ?? null) : null,
      second: shown,
      way,
      share,
      moves: alignments.getState().moves,
      window: shown && windows[shown.id],
    }
  }
  const findBox = () => {
    const isHidden = maskReview.getState().proposal !== null || maskOperation.getState().run.status === 'preview'
    return isHidden ? null : (growth.getState().growth?.box ?? null)
  }
  const findBeside = () => (second.getState().way === 'beside' ? (shownSecond() ?? null) : null)

  const noImages: readonly FoundVolume[] = []
  let listedFor: { readonly patients: unknown; readonly image: Volume | null } | undefined
  let listed = noImages
  /** The same list until whose the images are, or which one is open, changes. */
  const listOnce = (image: Volume | null) => {
    const now = { patients: patients.getState(), image }
    if (!listedFor || !shallow(now, listedFor)) {
      listedFor = now
      listed = listPhases()
    }
    return listed
  }
  const enhancementSources = (): EnhancementSources => {
    const image = roi.getState().open?.image ?? null
    const { isShown, phaseId, lowPercent, highPercent, opacity } = enhancement.getState()
    const setting = { isShown, phaseId, lowPercent, highPercent, opacity }
    // Nothing is listed while nothing is coloured: this is asked with every stroke.
    return { image, ...setting, images: isShown ? listOnce(image) : noImages, choices: phases.getState().choices }
  }

  const noOthers: readonly OutlinedMask[] = []
  let othersFrom: OtherLesions['others'] = []
  let others = noOthers
  /** Where a mask is looked at alone, they are not there. */
  const layOthers = ({ isReviewing, compared }: MaskSources) => {
    if (isReviewing || compared) return noOthers
    const now = otherLesions.getState().others
    if (now !== othersFrom) {
      othersFrom = now
      others = now.map(({ lesion, mask }) => ({ mask, colour: lesionColour(lesion) }))
    }
    return others
  }

  let masksFrom = maskSources()
  let overFrom = overSources()
  let enhancementFrom = enhancementSources()
  const store = createStore<ShownLayers>()(() => ({
    masks: layMasks(masksFrom),
    others: layOthers(masksFrom),
    over: layOver(overFrom),
    enhancement: layEnhancement(enhancementFrom),
    box: findBox(),
    beside: findBeside(),
  }))
  const look = () => {
    const before = store.getState()
    const [masksNow, overNow, enhancementNow] = [maskSources(), overSources(), enhancementSources()]
    const next = {
      masks: shallow(masksNow, masksFrom) ? before.masks : layMasks(masksNow),
      others: layOthers(masksNow),
      over: shallow(overNow, overFrom) ? before.over : layOver(overNow),
      enhancement: shallow(enhancementNow, enhancementFrom) ? before.enhancement : layEnhancement(enhancementNow),
      box: findBox(),
      beside: findBeside(),
    }
    masksFrom = masksNow
    overFrom = overNow
    enhancementFrom = enhancementNow
    if (!shallow(next, before)) store.setState(next)
  }
  for (const watched of Object.values(stores)) watched.subscribe(look)
  return store
}
