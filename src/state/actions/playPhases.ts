import type { DynamicStore } from '../dynamic.ts'
import type { HandState } from '../hand.ts'
import type { Watched } from '../readable.ts'
import type { RoiState } from '../roi.ts'
import type { SeriesInHand } from '../seriesInHand.ts'

/** One phase is shown for so long. */
export const phaseMs = 100

export interface PlayPhasesServices {
  readonly dynamic: DynamicStore
  readonly hand: Watched<Pick<HandState, 'viewer'>>
  readonly roi: Watched<Pick<RoiState, 'open'>>
  readonly findSeries: () => SeriesInHand | null
  /** In ms. */
  readonly now: () => number
}

/** Shows the phases of the series in hand one after the other at the slice that is shown, in the view that was last under the hand. */
export function createPlayPhases({ dynamic, hand, roi, findSeries, now }: PlayPhasesServices) {
  let end: (() => void) | undefined

  function play() {
    const { viewer } = hand.getState()
    const series = findSeries()
    const { open } = roi.getState()
    if (!viewer || !series || !open) return
    // A phase of another grid has no such slice.
    const { size } = open.image
    const frames = series.phases
      .map(({ volume }, phase) => ({ volume, phase }))
      .filter(({ volume }) => volume.size.every((count, axis) => count === size[axis]))
    if (frames.length < 2) return
    const [startedAt, first] = [
      now(),
      Math.max(
        0,
        frames.findIndex(({ phase }) => phase === series.at),
      ),
    ]
    // By the clock: where drawing is slow phases are left out, and the contrast does not come later.
    const show = () => {
      const { volume, phase } = frames[(first + Math.floor((now() - startedAt) / phaseMs)) % frames.length]
      if (dynamic.getState().playing === phase) return
      viewer.showPicture(volume)
      dynamic.setState({ playing: phase })
    }
    const timer = setInterval(show, phaseMs / 2)
    // Nobody draws on a picture that changes under the hand.
    const stops = [viewer.on('maskChanged', stop), viewer.on('outline', stop)]
    end = () => {
      clearInterval(timer)
      stops.forEach((stop) => stop())
      viewer.showPicture(null)
      dynamic.setState({ playing: null })
    }
    show()
  }
  function stop() {
    end?.()
    end = undefined
  }
  roi.subscribe(({ open }, before) => {
    if (open?.image !== before.open?.image) stop()
  })
  hand.subscribe(({ viewer }, before) => {
    if (viewer !== before.viewer) stop()
  })
  return {
    /** Begins, or ends. */
    togglePlaying: () => (end ? stop() : play()),
  }
}
