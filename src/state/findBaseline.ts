import { chooseBaseline } from '../core/cohort/chooseBaseline.ts'
import type { DynamicSeries } from '../core/cohort/findPhases.ts'
import type { Message } from '../core/messages/message.ts'
import { findOpenSeries, takePhases, type PhaseImage } from './openSeries.ts'
import type { PhaseChoices, PhasesState } from './phases.ts'

export interface FoundBaseline<T> {
  /** Missing where it is not known which phase is before contrast. */
  readonly known?: {
    readonly before: T
    readonly after: T
    readonly phaseCount: number
    /** Whether a person put the phases in order, or the files prove it. */
    readonly by: 'person' | 'files'
  }
  readonly warnings: readonly Message[]
}

/** The phase before contrast of the series that an image is of, as a person decided or else as the files prove. @param images of one visit */
export function findBaseline<T extends PhaseImage>(
  images: readonly T[],
  openId: string,
  choices: PhasesState['choices'],
): FoundBaseline<T> {
  const { own, candidates, key } = findOpenSeries(images, openId)
  const decided = choices[key]
  const series = decided ? (orderByPerson(images, decided) ?? (own && decideOn(images, candidates, own, decided))) : own
  const openAt = images.findIndex(({ id }) => id === openId)
  const baseline = series && chooseBaseline(withInjection(series, decided), openAt)
  return {
    ...(baseline && {
      known: {
        before: images[baseline.before],
        after: images[baseline.after],
        phaseCount: series.phases.length,
        by: decided?.byHand || decided?.source ? 'person' : 'files',
      },
    }),
    warnings: series?.times.warnings ?? [],
  }
}

function orderByPerson(images: readonly PhaseImage[], { byHand, left = [] }: PhaseChoices): DynamicSeries | undefined {
  const rows = byHand?.flatMap(({ id, timeS }) => {
    const at = left.includes(id) ? -1 : images.findIndex((image) => image.id === id)
    return at >= 0 ? [{ at, timeS }] : []
  })
  if (!rows || rows.length < 2) return undefined
  rows.sort((a, b) => a.timeS - b.timeS)
  const timesS = rows.map(({ timeS }) => timeS - rows[0].timeS)
  return {
    phases: rows.map(({ at }) => at),
    isDce: true,
    times: {
      order: rows.map((_, i) => i),
      timesS,
      from: 'order',
      proved: true,
      injectionS: timesS[1],
      injectionProved: false,
      warnings: [],
    },
  }
}

/** The series with the phases and the source of times that a person chose. */
function decideOn<T extends PhaseImage>(
  images: readonly T[],
  candidates: readonly T[],
  own: DynamicSeries,
  decided: PhaseChoices,
): DynamicSeries {
  const ownIds = own.phases.map((at) => images[at].id)
  const { taken, times } = takePhases(candidates, ownIds, decided)
  return { ...own, phases: times.order.map((at) => images.indexOf(taken[at])), times }
}

function withInjection(series: DynamicSeries, decided: PhaseChoices | undefined): DynamicSeries {
  if (decided?.injectionS === undefined) return series
  return { ...series, times: { ...series.times, injectionS: decided.injectionS, injectionProved: true } }
}
