import type { ListedVolume } from '../clusterPhases.ts'
import { median } from '../../numeric/quantile.ts'

/** What makes images alike or not, whoever lies in the scanner. */
export interface BatchFacts {
  readonly centre: string
  readonly model: string
  /** Numbers of the protocol; NaN where the header does not tell. */
  readonly fieldT: number
  readonly repetitionMs: number
  readonly echoMs: number
  readonly pixelMm: number
  readonly sliceMm: number
}

const numbers = ['fieldT', 'repetitionMs', 'echoMs', 'pixelMm', 'sliceMm'] as const
/** A step from one value to the next by more than this part parts two protocols; scanners differ by less from patient to patient. */
const largestStep = 0.06

export function batchFacts({ source, spacingMm }: ListedVolume, centre: string): BatchFacts {
  const { Manufacturer, ManufacturerModelName, MagneticFieldStrength, RepetitionTime, EchoTime } = source.dicom ?? {}
  return {
    centre,
    model: (ManufacturerModelName ?? Manufacturer ?? '').trim(),
    fieldT: Number(MagneticFieldStrength ?? NaN),
    repetitionMs: Number(RepetitionTime ?? NaN),
    echoMs: Number(EchoTime ?? NaN),
    pixelMm: spacingMm[0],
    sliceMm: spacingMm[2],
  }
}

/**
 * A name of the batch for each: centre, model, field strength and protocol, as `A / Skyra / 3 T / TR 4.5, TE 1.7, 0.9 x 1.2 mm`. Numbers are
 * grouped within centre and model where they lie close to each other, and each group is called by its median.
 */
export function nameBatches(facts: readonly BatchFacts[]): string[] {
  const names = facts.map(({ centre, model }) => `${centre}${model === '' ? '' : ` / ${model}`}`)
  const grouped = numbers.map((field) => {
    const values = facts.map((one) => one[field])
    const labels = new Array<string>(facts.length)
    for (const name of new Set(names)) {
      const own = names.flatMap((other, i) => (other === name ? [i] : []))
      for (const group of closeValues(
        own.filter((i) => Number.isFinite(values[i])).sort((a, b) => values[a] - values[b]),
        values,
      )) {
        const label = String(Number(median(group.map((i) => values[i])).toPrecision(2)))
        for (const i of group) labels[i] = label
      }
    }
    return labels
  })
  return names.map((name, i) => {
    const [field, repetition, echo, pixel, slice] = grouped.map((labels) => labels[i] as string | undefined)
    const protocol = [repetition && `TR ${repetition}`, echo && `TE ${echo}`, pixel && slice && `${pixel} x ${slice} mm`]
    return [name, field && `${field} T`, protocol.filter(Boolean).join(', ')].filter(Boolean).join(' / ')
  })
}

/** @param rising indices by their values */
function closeValues(rising: readonly number[], values: readonly number[]): number[][] {
  const groups: number[][] = []
  for (const [at, i] of rising.entries()) {
    if (at > 0 && values[i] - values[rising[at - 1]] <= largestStep * values[i]) groups.at(-1)!.push(i)
    else groups.push([i])
  }
  return groups
}
