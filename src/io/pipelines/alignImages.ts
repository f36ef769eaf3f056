import { runPipeline } from 'itk-wasm'
import { registrationCall, registrationPipeline, takeRegistration, type AlignImages } from './rigidRegistration.ts'
import { runItk } from './runItk.ts'

/**
 * Registration in a web worker, in that worker's own thread, so that ending the worker cancels it.
 * @param pipelinesUrl where the pipelines lie on the page's own origin (see scripts/vitePipelines.ts)
 */
export function createImageAligner(pipelinesUrl: string): AlignImages {
  const options = { webWorker: false, noCopy: true, pipelineBaseUrl: `${pipelinesUrl}/${registrationPipeline}` }
  return async (moved, onto) => {
    const [flags, outputs, inputs] = registrationCall(moved, onto)
    return takeRegistration(await runItk(() => runPipeline(registrationPipeline, flags, outputs, inputs, options)), moved)
  }
}
