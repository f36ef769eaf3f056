import type { RigidMove } from '../../core/image/rigidMove.ts'
import type { Volume } from '../../core/image/volume.ts'
import { nameSubtraction } from '../../core/image/volumeNames.ts'
import { messageOf } from '../../core/messages/message.ts'
import { moveBetween, type AlignmentState } from '../alignments.ts'
import type { DynamicState, DynamicStore } from '../dynamic.ts'
import type { FoundVolume, ImagesState } from '../images.ts'
import type { Readable, Watched } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { SecondState } from '../second.ts'
import type { SeriesInHand } from '../seriesInHand.ts'

export interface SubtractionServices {
  readonly dynamic: DynamicStore
  readonly images: Readable<Pick<ImagesState, 'volumes' | 'addMade' | 'remove'>>
  readonly roi: Watched<Pick<RoiState, 'open' | 'whyStay' | 'close'>>
  readonly second: Watched<SecondState>
  readonly alignments: Watched<Pick<AlignmentState, 'moves'>>
  readonly findSeries: (image: Volume) => SeriesInHand | null
  readonly openImage: (found: FoundVolume) => Promise<void>
  /** See `subtractImages`. @throws the signal's reason when it aborts */
  readonly subtract: (
    image: Volume,
    taken: Volume,
    move: RigidMove | null,
    signal: AbortSignal,
  ) => Promise<Float32Array<ArrayBuffer>>
}

/** A phase, and the first one as aligned with it. */
interface Pair {
  readonly phase: Volume
  readonly first: Volume
  readonly move: RigidMove | null
}

/** The difference of a pair, as an image of the list. */
interface Subtraction extends Pair {
  readonly id: string
}

interface Running {
  readonly pair: Pair
  readonly abort: AbortController
  readonly result: Promise<FoundVolume>
}

/** Another one was asked for. */
const overtaken = new Error('Overtaken.')
/** What the scanner wanted of a phase says nothing of its difference; nor was that acquired at any time. */
const attributesOfPhase = new Set(['WindowCenter', 'WindowWidth', 'AcquisitionTime', 'ContentTime'])

/** The way back of a kept movement is made anew each time. */
const isSamePair = (a: Pair, b: Pair) =>
  a.phase === b.phase && a.first === b.first && JSON.stringify(a.move) === JSON.stringify(b.move)

/** Subtractions of a dynamic series: each is made when it is first asked for, and is an image of the patient from then on. */
export function createSubtraction(services: SubtractionServices) {
  const { dynamic, images, roi, second, alignments, findSeries, openImage, subtract } = services
  let made: readonly Subtraction[] = []
  let running: Running | undefined
  /** What was seen with the open image before a subtraction lay over it. */
  let before: Pick<SecondState, 'imageId' | 'way' | 'share'> | undefined

  const isOnList = ({ id }: Pick<Subtraction, 'id'>) => images.getState().volumes.some((found) => found.id === id)
  /** What the open image was made of; undefined for one that files hold. */
  const madeInHand = () => made.find(({ id }) => id === roi.getState().open?.imageId)
  function seriesInHand(): SeriesInHand | null {
    const { open } = roi.getState()
    return open && findSeries(madeInHand()?.phase ?? open.image)
  }

  /** Those that will not be wanted again go, unless somebody drew on them. */
  function tidy(keep: (subtraction: Subtraction) => boolean) {
    made = made.filter(isOnList)
    for (const one of made) {
      if (keep(one) || one.id === roi.getState().open?.imageId || roi.getState().whyStay(one.id) !== null) continue
      images.getState().remove(one.id)
      roi.getState().close(one.id)
    }
    made = made.filter(isOnList)
  }

  async function compute({ phases }: SeriesInHand, at: number, { phase, first, move }: Pair, signal: AbortSignal) {
    const voxels = await subtract(phase, first, move, signal)
    // Of another patient, or as these two were aligned before.
    tidy((one) => phases.some(({ volume }) => volume === one.phase) && one.phase !== phase)
    const { size, spacingMm, originMm, direction, source } = phase
    const { identity, dicom, path, series } = source
    const about = Object.entries(dicom ?? {}).filter(([keyword]) => !attributesOfPhase.has(keyword))
    const found = images.getState().addMade(
      {
        ...{ size, spacingMm, originMm, direction, voxels },
        source: {
          path,
          format: 'memory',
          ...(series !== undefined && { series }),
          phase: nameSubtraction(at + 1, 1),
          ...(dicom && { dicom: Object.fromEntries(about) }),
          derived: { ...(identity && { from: identity }) },
        },
      },
      phases[at],
    )
    made = [...made, { id: found.id, phase, first, move }]
    return found
  }

  /**
   * The phase in hand, or another one of its series, less the first one. What is asked for twice is made once; what is asked for last is
   * made. @returns undefined where there is none, or it could not be made: the store tells why
   */
  async function make(to?: number): Promise<FoundVolume | undefined> {
    const series = seriesInHand()
    const at = to ?? series?.at ?? 0
    if (!series || at === 0) {
      running?.abort.abort(overtaken)
      return undefined
    }
    const [first, phase] = [series.phases[0].volume, series.phases[at].volume]
    const pair = { phase, first, move: moveBetween(alignments.getState().moves, first, phase) }
    made = made.filter(isOnList)
    const known = made.find((one) => isSamePair(one, pair))
    if (known) {
      running?.abort.abort(overtaken)
      return images.getState().volumes.find(({ id }) => id === known.id)
    }
    if (!running || !isSamePair(running.pair, pair)) {
      running?.abort.abort(overtaken)
      const abort = new AbortController()
      const own: Running = { pair, abort, result: compute(series, at, pair, abort.signal) }
      running = own
      dynamic.setState({ work: { status: 'running' } })
      const end = (work: DynamicState['work']) => {
        if (running !== own) return
        running = undefined
        dynamic.setState({ work })
      }
      void own.result.then(
        () => end({ status: 'idle' }),
        (error: unknown) => end(error === overtaken ? { status: 'idle' } : { status: 'failed', reason: messageOf(error) }),
      )
    }
    return running.result.catch(() => undefined)
  }

  const shownNow = () => made.find(({ id }) => id === second.getState().imageId)
  let isOwn = false
  const changeSecond = (change: (state: SecondState) => void) => {
    isOwn = true
    change(second.getState())
    isOwn = false
  }
  /** What was seen before comes back. */
  function takeAway() {
    if (before)
      changeSecond(({ choose, setWay, setShare }) => {
        choose(before!.imageId)
        setWay(before!.way)
        setShare(before!.share)
      })
    before = undefined
  }
  /** The subtraction of the phase in hand lies over it, where there is one. */
  async function show(): Promise<void> {
    const { imageId, way, share } = second.getState()
    const last = shownNow()
    if (!last) before ??= { imageId, way, share }
    // Never the difference of one phase over another one.
    else if (last.phase !== roi.getState().open?.image) changeSecond(({ choose }) => choose(null))
    const open = roi.getState().open
    const found = madeInHand() ? undefined : await make()
    if (!dynamic.getState().isSubtracting || roi.getState().open?.image !== open?.image || running) return
    if (!found) return takeAway()
    changeSecond(({ choose, setWay, setShare }) => {
      setWay('fade')
      setShare(1)
      choose(found.id)
    })
  }

  roi.subscribe(({ open }, last) => {
    if (open?.image !== last.open?.image && dynamic.getState().isSubtracting) void show()
  })
  second.subscribe(({ imageId }, last) => {
    if (isOwn || imageId === last.imageId) return
    // Somebody chose another image to be seen with this one.
    before = undefined
    dynamic.setState({ isSubtracting: false })
  })
  alignments.subscribe(({ moves }, last) => {
    if (moves !== last.moves && dynamic.getState().isSubtracting) void show()
  })

  /** From a subtraction to that of the phase. */
  async function goToPhase(to: number): Promise<void> {
    const own = madeInHand()
    const volume = seriesInHand()?.phases[to]?.volume
    const found = own ? await make(to) : images.getState().volumes.find((one) => one.volume === volume)
    if (found) await openImage(found)
  }

  return {
    seriesInHand,
    /** Whether the open image is one of them. */
    isSubtractionInHand: () => madeInHand() !== undefined,
    /** What the phase in hand gained since the first one; undefined where it is the first, or none. */
    async subtractionInHand(): Promise<FoundVolume | undefined> {
      const own = madeInHand()
      if (own) return images.getState().volumes.find(({ id }) => id === own.id)
      return make()
    },
    /** Lays it over the phase in hand and those that are opened after it, or takes it away. */
    async toggleSubtraction(): Promise<void> {
      const isSubtracting = !dynamic.getState().isSubtracting
      dynamic.setState({ isSubtracting })
      if (isSubtracting) return show()
      running?.abort.abort(overtaken)
      takeAway()
    },
    /** Opens it as an image of its own, with an ROI of its own. */
    async openSubtraction(): Promise<void> {
      const found = await make()
      if (!found) return
      takeAway()
      await openImage(found)
    },
    /** Goes to a phase of the series in hand by its place in time. */
    goToPhase,
    /** The next phase, or the one before; the first follows the last. */
    async stepPhase(step: 1 | -1): Promise<void> {
      const series = seriesInHand()
      if (!series) return
      const { phases, at } = series
      const next = (at + step + phases.length) % phases.length
      // Of the first there is no subtraction: it is what is taken away.
      await goToPhase(madeInHand() && next === 0 ? (step > 0 ? 1 : phases.length - 1) : next)
    },
  }
}
