import { InterfaceTypes, type PipelineInput, type PipelineOutput, type runPipeline } from 'itk-wasm'
import type { ItkImage } from './imageCodec.ts'
import type { Bytes } from '../sourceFile.ts'

/* The generated wrapper of this pipeline starts a pool of workers, joins their blocks by its own rules and, in Node, takes paths only; ours takes bytes, since slices are changed in memory before they are decoded. */

export const seriesPipeline = 'read-image-dicom-file-series'

/** Its arguments, outputs and inputs for DICOM files in the order of their slices. */
export function seriesCall(files: readonly Bytes[]): [string[], PipelineOutput[], PipelineInput[]] {
  const inputs = files.map((data, i) => ({ type: InterfaceTypes.BinaryFile, data: { path: `${i}.dcm`, data } }))
  const paths = inputs.map(({ data }) => data.path)
  const flags = ['0', '1', '--memory-io', '--single-sorted-series', '--input-images', ...paths]
  return [flags, [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.JsonCompatible }], inputs]
}

/** @throws with its words if it failed */
export function takeSeries({
  returnValue,
  stderr,
  outputs,
}: Pick<Awaited<ReturnType<typeof runPipeline>>, 'returnValue' | 'stderr' | 'outputs'>): ItkImage {
  if (returnValue !== 0) throw new Error(stderr)
  return outputs[0].data as ItkImage
}
