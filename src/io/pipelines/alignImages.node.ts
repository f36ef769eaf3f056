import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InterfaceTypes, runPipelineNode } from 'itk-wasm'
import { refuse } from './messages.ts'
import {
  readRegistration,
  registrationArguments,
  registrationImage,
  registrationParameters,
  registrationPipeline,
  type AlignImages,
} from './rigidRegistration.ts'

/** Registration in Node, from the package on the disk. */
export const alignImages: AlignImages = async (moved, onto) => {
  const { returnValue, stderr, outputs } = await runPipelineNode(
    join(dirname(fileURLToPath(import.meta.resolve('@itk-wasm/elastix'))), 'pipelines', registrationPipeline),
    registrationArguments,
    [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.TransformList }, { type: InterfaceTypes.JsonCompatible }],
    [
      { type: InterfaceTypes.JsonCompatible, data: [registrationParameters] },
      { type: InterfaceTypes.Image, data: registrationImage(onto, 'fixed') },
      { type: InterfaceTypes.Image, data: registrationImage(moved, 'moving') },
    ],
  )
  if (returnValue !== 0) throw refuse('not-aligned', { said: stderr })
  return readRegistration(outputs[2].data, moved)
}
