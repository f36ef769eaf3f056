import type { ExtractionParameters } from '../../src/core/parameters/profiles/pyradiomics/parameters.ts'
import type { Mask } from '../../src/core/mask/mask.ts'
import { sequences, type Sequence, type SimulatedImages } from '../../src/core/simulate/simulateStudy.ts'
import type { SimulatedPatient } from '../../src/core/simulate/planStudy.ts'
import { makeFeatureTable, type FeatureTable } from '../../src/core/table/featureTable.ts'
import type { ComputeBridge } from '../../workers/computeBridge.ts'
import { inFlight } from '../../src/io/inFlight.ts'

const atOnce = 3

/** The program's own features of each sequence, a row a patient. @param masksOf whose regions */
export async function extractAll(
  bridge: ComputeBridge,
  parameters: ExtractionParameters,
  patients: readonly SimulatedPatient[],
  imagesOf: (patient: SimulatedPatient) => SimulatedImages,
  masksOf: (images: SimulatedImages) => Readonly<Record<Sequence, Mask>>,
): Promise<Readonly<Record<Sequence, FeatureTable>>> {
  const rows = await inFlight(patients, atOnce, async (patient) => {
    const images = imagesOf(patient)
    const masks = masksOf(images)
    const volumes = { FST2WI: images.fst2wi, T1WI: images.dce[0], 'T1WI+C': images.dce[images.peak] }
    const features: Partial<Record<Sequence, readonly (readonly [string, number])[]>> = {}
    for (const sequence of sequences)
      features[sequence] = (await bridge.extract(volumes[sequence], masks[sequence], parameters)).features
    return features as Record<Sequence, readonly (readonly [string, number])[]>
  })
  const tableOf = (sequence: Sequence) => {
    const names = rows[0][sequence].map(([name]) => name)
    const values = new Float64Array(names.length * rows.length)
    rows.forEach((row, i) => row[sequence].forEach(([, value], j) => (values[j * rows.length + i] = value)))
    return makeFeatureTable(
      patients.map(({ id }) => id),
      names,
      values,
    )
  }
  return Object.fromEntries(sequences.map((sequence) => [sequence, tableOf(sequence)])) as Record<Sequence, FeatureTable>
}
