import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runPipelineNode } from 'itk-wasm'
import { registrationCall, registrationPipeline, takeRegistration, type AlignImages } from './rigidRegistration.ts'

const pipeline = join(dirname(fileURLToPath(import.meta.resolve('@itk-wasm/elastix'))), 'pipelines', registrationPipeline)

/** Registration in Node, from the package on the disk. */
export const alignImages: AlignImages = async (moved, onto) => {
  const [flags, outputs, inputs] = registrationCall(moved, onto)
  return takeRegistration(await runPipelineNode(pipeline, flags, outputs, inputs), moved)
}
