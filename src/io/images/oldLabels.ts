import type { VolumeSource } from '../../core/image/volume.ts'
import { nameBValue, nameImageType, nameNumbered } from '../../core/image/volumeNames.ts'

/** More phases than dynamic studies have, ultrafast ones apart. */
const mostPhases = 40
/** Where image type, echo or b-value stand before the phase. */
const mostPhasesOfPart = 12
const mostEchoes = 4

/**
 * What a volume may have been called within its series by earlier versions of the program, likeliest first: that went by what
 * else was opened with it, and by another order of phases.
 */
export function listOldLabels({ phase = '', dicom }: Pick<VolumeSource, 'phase' | 'dicom'>): readonly string[] {
  // In files of other formats it goes by the file alone.
  if (!dicom) return [phase]
  const alike = /phase \d+ of (\d+)$/.exec(phase)
  const before = alike ? phase.slice(0, alike.index).replace(/, $/, '') : phase
  return [
    ...new Set([
      phase,
      '',
      ...(alike ? phasesOf(before, Number(alike[1])) : []),
      ...listPhases('', mostPhases),
      ...[before, ...partsOf(dicom)].flatMap((part) => [part, ...listPhases(part, mostPhasesOfPart)]),
    ]),
  ]
}

function partsOf({ ImageType, EchoTime, EchoNumbers, DiffusionBValue }: Readonly<Record<string, string>>): string[] {
  const echo = EchoTime ?? EchoNumbers
  return [
    ...(ImageType ? [nameImageType(ImageType)] : []),
    ...(DiffusionBValue ? [nameBValue(String(Number(DiffusionBValue))), nameBValue('')] : []),
    ...(echo
      ? numbers(2, mostEchoes).flatMap((count) => numbers(1, count).map((i) => nameNumbered('echo', i, count, echo)))
      : []),
  ]
}

const listPhases = (part: string, most: number) => numbers(2, most).flatMap((count) => phasesOf(part, count))

const phasesOf = (part: string, count: number) =>
  numbers(1, count).map((number) => [part, nameNumbered('phase', number, count)].filter(Boolean).join(', '))

const numbers = (first: number, last: number) => Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
