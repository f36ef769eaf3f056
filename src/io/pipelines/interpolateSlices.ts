import { InterfaceTypes, runPipeline, type Image } from 'itk-wasm'
import { runItk } from './runItk.ts'
import { refuse } from './messages.ts'
import { interpolateInBox, interpolationArguments, interpolationPipeline, type InterpolateSlices } from './sliceInterpolation.ts'

/**
 * Interpolation in a web worker, in that worker's own thread (`webWorker: false`), so that ending the worker cancels it.
 * @param pipelinesUrl where the pipelines lie on the page's own origin (see scripts/vitePipelines.ts)
 */
export function createSliceInterpolator(pipelinesUrl: string): InterpolateSlices {
  return (mask, sliceAxis) =>
    interpolateInBox(mask, sliceAxis, async (image, drawnSlices) => {
      const { returnValue, stderr, outputs } = await runItk(() =>
        runPipeline(
          interpolationPipeline,
          interpolationArguments(sliceAxis, drawnSlices),
          [{ type: InterfaceTypes.Image }],
          [{ type: InterfaceTypes.Image, data: image }],
          { webWorker: false, noCopy: true, pipelineBaseUrl: `${pipelinesUrl}/${interpolationPipeline}` },
        ),
      )
      if (returnValue !== 0) throw refuse('not-interpolated', { said: stderr })
      return outputs[0].data as Image
    })
}
