import { chooseBaseline } from '../core/cohort/chooseBaseline.ts'
import { findPhases, type DynamicSeries } from '../core/cohort/findPhases.ts'
import type { PhaseWarning } from '../core/cohort/timePhases.ts'
import { compareGeometry } from '../core/mask/compareGeometry.ts'
import type { FoundVolume } from './images.ts'
import { seriesKey, type PhaseChoices, type PhasesState } from './phases.ts'

export interface FoundBaseline<T> {
  /** Missing where it is not known which phase is before contrast. */
  readonly known?: {
    readonly before: T
    readonly after: T
    readonly phaseCount: number
    /** Whether a person put the phases in order, or the files prove it. */
    readonly by: 'person' | 'files'
  }
  readonly warnings: readonly PhaseWarning[]
}

/** The phase before contrast of the series that an image is of, as a person decided or else as the files prove. @param images of one visit */
export function findBaseline<T extends Pick<FoundVolume, 'id' | 'volume'>>(
  images: readonly T[],
  openId: string,
  choices: PhasesState['choices'],
): FoundBaseline<T> {
  const at = images.findIndex(({ id }) => id === openId)
  const volumes = images.map(({ volume }) => volume)
  const found = findPhases(volumes).find(({ phases }) => phases.includes(at))
  const own = found?.phases ?? []
  const mayBePhases = images.filter(
    ({ volume }, i) => own.includes(i) || (at >= 0 && compareGeometry(volumes[at], volume).length === 0),
  )
  const decided = choices[seriesKey(mayBePhases.map(({ id }) => id))]
  const series = decided ? (orderByPerson(images, decided) ?? withSource(volumes, at, decided) ?? found) : found
  const baseline = series && chooseBaseline(withInjection(series, decided), at)
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

function orderByPerson(
  images: readonly Pick<FoundVolume, 'id'>[],
  { byHand, left = [] }: PhaseChoices,
): DynamicSeries | undefined {
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

function withSource(volumes: Parameters<typeof findPhases>[0], at: number, { source }: PhaseChoices): DynamicSeries | undefined {
  return source && findPhases(volumes, { chosen: source }).find(({ phases }) => phases.includes(at))
}

function withInjection(series: DynamicSeries, decided: PhaseChoices | undefined): DynamicSeries {
  if (decided?.injectionS === undefined) return series
  return { ...series, times: { ...series.times, injectionS: decided.injectionS, injectionProved: true } }
}
