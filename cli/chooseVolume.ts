import type { ListedVolume } from '../src/core/cohort/clusterPhases.ts'
import { findPhases, type DynamicSeries } from '../src/core/cohort/findPhases.ts'
import { groupBy } from '../src/core/numeric/groupBy.ts'
import type { VolumeSource } from '../src/core/image/volume.ts'
import { fileName } from '../src/io/sourceFile.ts'
import { describeTimesFrom } from '../src/messages/en/phases.ts'

/** Which volume of a folder or file is meant. */
export interface VolumeChoice {
  /** SeriesNumber, SeriesInstanceUID or SeriesDescription of DICOM, the file's name of others. */
  readonly series?: string
  /** Which phase of a dynamic series or 4D file, by time and counted from 1; or what `inspect` calls the part of a series, e.g. `b-value 800`. */
  readonly phase?: string
}

/** A volume to choose from: what its header says, and its grid where that can be told. */
export interface Candidate {
  readonly source: VolumeSource
  readonly listed?: ListedVolume
}

/** Phases of a dynamic series by time; the members are items of a list. */
export type PhasesOf<T> = Pick<DynamicSeries, 'times'> & { readonly phases: readonly T[] }

/** Dynamic series among volumes: DICOM within one examination of one patient, other files each by itself. */
export function findDynamicSeries<T>(items: readonly T[], volumeOf: (item: T) => ListedVolume): PhasesOf<T>[] {
  const visits = groupBy(items, (item) => {
    const { dicom, path } = volumeOf(item).source
    return dicom ? `${dicom.PatientID ?? ''} ${dicom.StudyInstanceUID ?? ''}` : path
  })
  return [...visits.values()].flatMap((visit) =>
    findPhases(visit.map(volumeOf)).map(({ phases, times }) => ({ times, phases: phases.map((at) => visit[at]) })),
  )
}

/**
 * The volume that is meant.
 * @returns its index, and what a person should know of how it was found
 * @throws Error if none or several are meant, which lists what there is
 */
export function chooseVolume(
  candidates: readonly Candidate[],
  { series, phase }: VolumeChoice,
): { readonly index: number; readonly warnings: readonly string[] } {
  const matching = series === undefined ? candidates : ofSeries(candidates, series)
  if (matching.length === 0)
    throw new Error(
      `There is no series "${series!}" here, but ${list(candidates)}. Give its number, its SeriesInstanceUID or its description.`,
    )
  const { chosen, warnings } = phase === undefined ? { chosen: matching, warnings: [] } : ofPhase(matching, phase)
  const [only] = chosen
  if (chosen.length > 1) throw new Error(`There are several volumes here, one was expected: ${list(chosen)}. ${howToChoose}`)
  return { index: candidates.indexOf(only), warnings }
}

/** A number is a SeriesNumber before it is anything else. */
function ofSeries(candidates: readonly Candidate[], series: string): readonly Candidate[] {
  const isMeant: readonly ((source: VolumeSource) => boolean)[] = [
    ({ timing }) => /^\d+$/.test(series) && timing?.seriesNumber === Number(series),
    ({ dicom }) => dicom?.SeriesInstanceUID === series,
    (source) => [source.series, fileName(source.path)].some((name) => name?.toLowerCase() === series.toLowerCase()),
  ]
  const found = isMeant.map((isIt) => candidates.filter(({ source }) => isIt(source)))
  return found.find(({ length }) => length > 0) ?? []
}

function ofPhase(candidates: readonly Candidate[], phase: string): { chosen: Candidate[]; warnings: string[] } {
  const named = candidates.filter(({ source }) => source.phase?.toLowerCase() === phase.toLowerCase())
  if (named.length > 0) return { chosen: named, warnings: [] }
  const found = findDynamicSeries(
    candidates.filter(({ listed }) => listed),
    ({ listed }) => listed!,
  )
  const [only, ...others] = found
  if (!only) {
    // Of few slices they count as no dynamic series by themselves, but the file may number its volumes.
    const numbered = candidates.filter(({ source }) => source.phase?.startsWith(`phase ${phase} of `))
    if (numbered.length > 0) return { chosen: numbered, warnings: [] }
    throw new Error(
      `There is no phase "${phase}" here: ${list(candidates)}. Phases are those of a dynamic series or 4D file, counted from 1.`,
    )
  }
  if (others.length > 0) {
    const names = found.map(({ phases }) => `${describe(phases[0])} (${phases.length} phases)`)
    throw new Error(
      `There are several dynamic series here: ${names.join('; ')}. Say which with --series, or a column of this name.`,
    )
  }
  const { phases, times } = only
  const chosen = /^\d+$/.test(phase) ? phases[Number(phase) - 1] : undefined
  if (!chosen) throw new Error(`There is no phase "${phase}" here: the phases go from 1 to ${phases.length}.`)
  const doubt = `Phase ${phase} of ${phases.length} is so by an order that the files do not prove. ${describeTimesFrom(times)}`
  return { chosen: [chosen], warnings: times.proved ? [] : [doubt] }
}

/** Tells how one of several volumes is chosen. */
export const howToChoose = 'Choose one with --series and --phase, or with columns of these names in the list of cases.'

/** The same of a mask. */
export const howToChooseMask =
  'Choose one of a 4D file with --mask-phase, or with a column of this name in the list of cases; else give a file that holds only the one that is meant.'

/** Volumes of a message that are named. */
const mostListed = 8

function list(candidates: readonly Candidate[]): string {
  const names = [...new Set(candidates.map(describe))]
  return `${names.slice(0, mostListed).join('; ')}${names.length > mostListed ? ' ...' : ''}`
}

function describe({ source: { series, phase, path, timing } }: Candidate): string {
  const number = timing?.seriesNumber === undefined ? '' : `${timing.seriesNumber}: `
  return number + ([series, phase].filter(Boolean).join(', ') || path)
}
