import { transfer } from 'comlink'
import { planStudy, type SimulationOptions } from '../src/core/simulate/planStudy.ts'
import { simulateImages } from '../src/core/simulate/simulateStudy.ts'
import type { PhaseLayout } from '../src/io/simulated/habitOf.ts'
import { encodeExaminations, encodeLeftovers } from '../src/io/simulated/simulatedDicom.ts'
import { encodeImages, type MadeFile } from '../src/io/simulated/simulatedImages.ts'
import type { MadePatient } from '../src/io/simulated/simulatedTables.ts'

/** A patient's files, and what the tables need to know of them. */
export type MadePatientFiles = MadePatient & { readonly files: readonly MadeFile[] }

export interface WantedFiles {
  readonly nifti: boolean
  /** How scanners write phases (null is each in its own way), and whether the files that are no image lie beside them. */
  readonly dicom: { readonly layout: PhaseLayout | null; readonly leftovers: boolean } | null
}

export type SimulateApi = ReturnType<typeof createSimulateApi>

/** What a worker does that makes a simulated study, the same in a browser and in Node: one patient after the other. */
export function createSimulateApi() {
  return {
    /** @param index of the patient in the study; the files that are no patient's come with the first one */
    makePatient(seed: number, options: SimulationOptions, index: number, { nifti, dicom }: WantedFiles): MadePatientFiles {
      const study = planStudy(seed, options)
      const patient = study.patients[index]
      const images = simulateImages(patient, options.effect)
      const files = [
        ...(nifti ? encodeImages(patient, images) : []),
        ...(dicom ? encodeExaminations(patient, images, options.effect, dicom.layout) : []),
        ...(dicom?.leftovers && index === 0 ? encodeLeftovers(study) : []),
      ]
      return transfer(
        { id: patient.id, peak: images.peak, files },
        files.map(({ bytes }) => bytes.buffer),
      )
    },
  }
}
