import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InterfaceTypes, runPipelineNode, type Image } from 'itk-wasm'
import { refuse } from './messages.ts'
import { interpolateInBox, interpolationArguments, interpolationPipeline, type InterpolateSlices } from './sliceInterpolation.ts'

/** Interpolation in Node, from the package on the disk. */
export const interpolateSlices: InterpolateSlices = (mask, sliceAxis) =>
  interpolateInBox(mask, sliceAxis, async (image, drawnSlices) => {
    const { returnValue, stderr, outputs } = await runPipelineNode(
      join(dirname(fileURLToPath(import.meta.resolve(`@itk-wasm/${interpolationPipeline}`))), 'pipelines', interpolationPipeline),
      interpolationArguments(sliceAxis, drawnSlices),
      [{ type: InterfaceTypes.Image }],
      [{ type: InterfaceTypes.Image, data: image }],
    )
    if (returnValue !== 0) throw refuse('not-interpolated', { said: stderr })
    return outputs[0].data as Image
  })
