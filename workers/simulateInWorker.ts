import type { SimulationOptions } from '../src/core/simulate/planStudy.ts'
import type { MadeFile } from '../src/io/simulated/simulatedImages.ts'
import { runInWorker } from './runInWorker.ts'
import type { SimulateApi } from './simulateApi.ts'
import { workerKind } from './workerKind.ts'

const startSimulator = workerKind<SimulateApi>(
  'simulation',
  () => new Worker(new URL('./simulate.worker.ts', import.meta.url), { type: 'module' }),
)

/** The images of a simulated study as DICOM files, made off the page's thread. */
export function simulateInWorker(seed: number, options: SimulationOptions): Promise<MadeFile[]> {
  const count = options.patients[0] + options.patients[1]
  return runInWorker(startSimulator, async (api) => {
    const files: MadeFile[] = []
    for (let i = 0; i < count; i++)
      files.push(...(await api.makePatient(seed, options, i, { nifti: false, dicom: { layout: null, leftovers: false } })).files)
    return files
  })
}
