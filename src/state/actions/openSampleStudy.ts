import { messageOf } from '../../core/messages/message.ts'
import type { SimulationOptions } from '../../core/simulate/planStudy.ts'
import type { MadeFile } from '../../io/simulated/simulatedImages.ts'
import type { ImagesState, NamedFile } from '../images.ts'
import type { Readable } from '../readable.ts'

/** Makes the DICOM files of a simulated study. */
export type SimulateStudy = (seed: number, options: SimulationOptions) => Promise<readonly MadeFile[]>

/** One patient of each scanner at least, and few enough for a page that holds all images in memory. */
const sampleStudy = { seed: 1, options: { patients: [4, 2], effect: 1.3 } } as const
const name = 'simulated study'

export interface OpenSampleStudyServices {
  readonly images: Readable<Pick<ImagesState, 'addProblem'>>
  readonly simulate: SimulateStudy
  readonly openFiles: (files: readonly NamedFile[]) => Promise<void>
}

/** A small simulated study, opened as a folder from a hospital is. */
export const createOpenSampleStudy =
  ({ images, simulate, openFiles }: OpenSampleStudyServices) =>
  async (): Promise<void> => {
    const files = await simulate(sampleStudy.seed, sampleStudy.options).catch((error: unknown) => {
      images.getState().addProblem({ path: name, reason: messageOf(error) })
    })
    if (files) await openFiles(files.map(({ path, bytes }) => ({ path: `${name}/${path}`, file: new Blob([bytes]) })))
  }
