import { gzipSync } from 'fflate'
import type { SimulatedPatient } from '../../core/simulate/planStudy.ts'
import { sequences, type SimulatedImages } from '../../core/simulate/simulateStudy.ts'
import { encodePlainNifti } from '../images/encodePlainNifti.ts'
import type { Bytes } from '../sourceFile.ts'
import { imagePath, maskPath, nameDcePhase } from './fileNames.ts'

export interface MadeFile {
  /** From the folder of the study. */
  readonly path: string
  readonly bytes: Bytes
}

/** Images and regions of a patient as NIfTI files. */
export function encodeImages({ id }: SimulatedPatient, images: SimulatedImages): MadeFile[] {
  const volumes = [['FST2WI', images.fst2wi] as const, ...images.dce.map((volume, i) => [nameDcePhase(i), volume] as const)]
  const readers = [[1, images.truth], ...(images.second ? [[2, images.second] as const] : [])] as const
  return [
    ...volumes.map(([name, volume]) => ({ path: imagePath(id, name), bytes: encodePlainNifti(volume) })),
    ...readers.flatMap(([reader, masks]) =>
      sequences.map((sequence) => ({
        path: maskPath(id, sequence, reader),
        // Without a time the same study has the same bytes.
        bytes: gzipSync(encodePlainNifti(masks[sequence]), { mtime: 0 }),
      })),
    ),
  ]
}
