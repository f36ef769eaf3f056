import { InterfaceTypes, runPipeline } from 'itk-wasm'
import { refuse } from './messages.ts'
import {
  readRegistration,
  registrationArguments,
  registrationImage,
  registrationParameters,
  registrationPipeline,
  type AlignImages,
} from './rigidRegistration.ts'
import { runItk } from './runItk.ts'

/**
 * Registration in a web worker, in that worker's own thread, so that ending the worker cancels it.
 * @param pipelinesUrl where the pipelines lie on the page's own origin (see scripts/vitePipelines.ts)
 */
export function createImageAligner(pipelinesUrl: string): AlignImages {
  return async (moved, onto) => {
    const { returnValue, stderr, outputs } = await runItk(() =>
      runPipeline(
        registrationPipeline,
        registrationArguments,
        [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.TransformList }, { type: InterfaceTypes.JsonCompatible }],
        [
          { type: InterfaceTypes.JsonCompatible, data: [registrationParameters] },
          { type: InterfaceTypes.Image, data: registrationImage(onto, 'fixed') },
          { type: InterfaceTypes.Image, data: registrationImage(moved, 'moving') },
        ],
        { webWorker: false, noCopy: true, pipelineBaseUrl: `${pipelinesUrl}/${registrationPipeline}` },
      ),
    )
    if (returnValue !== 0) throw refuse('not-aligned', { said: stderr })
    return readRegistration(outputs[2].data, moved)
  }
}
