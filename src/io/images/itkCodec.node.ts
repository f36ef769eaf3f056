import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  metaReadImageNode,
  niftiReadImageNode,
  niftiWriteImageNode,
  nrrdReadImageNode,
  nrrdWriteImageNode,
} from '@itk-wasm/image-io'
import { runPipelineNode } from 'itk-wasm'
import { codecName, isCodecName, isCompressed, isNrrd, type CodecFormat, type ImageCodec, type ItkImage } from './imageCodec.ts'
import { isGzip } from '../gzip.ts'
import { seriesCall, seriesPipeline, takeSeries } from './seriesPipeline.ts'

const readers = { NIfTI: niftiReadImageNode, NRRD: nrrdReadImageNode, MetaImage: metaReadImageNode }

/** ITK in Node. It reads from the disk itself, which keeps one copy of the file out of memory. */
export const itkCodec: ImageCodec = {
  async readImage(format, file) {
    const gzipped = isGzip(await file.bytes(0, Math.min(2, file.size)))
    // itk-wasm shows ITK the file's folder, which must not be the root of the disk.
    if (file.diskPath !== undefined && isCodecName(file.diskPath, format, gzipped) && dirname(file.diskPath) !== '/')
      return decode(format, file.diskPath)
    return inTemporaryFolder(async (folder) => {
      const path = join(folder, codecName(format, gzipped))
      await writeFile(path, await file.bytes())
      return decode(format, path)
    })
  },
  async readDicomSlices(files) {
    const [flags, outputs, inputs] = seriesCall(files)
    return takeSeries(await runPipelineNode(dicomSeriesPipeline, flags, outputs, inputs))
  },
  async writeImage(image, name) {
    return inTemporaryFolder(async (folder) => {
      const path = join(folder, basename(name))
      const write = isNrrd(name) ? nrrdWriteImageNode : niftiWriteImageNode
      const { couldWrite } = await write(image, path, { useCompression: isCompressed(name) })
      if (!couldWrite) throw new Error(`ITK could not write ${name}.`)
      return new Uint8Array(await readFile(path))
    })
  },
}

/** The packed program has its pipelines beside itself, where `@itk-wasm/image-io` looks too once it is a part of the bundle. */
const packedPipelines = join(dirname(fileURLToPath(import.meta.url)), 'pipelines')
const dicomPipelines = () => join(dirname(fileURLToPath(import.meta.resolve('@itk-wasm/dicom'))), 'pipelines')
const dicomSeriesPipeline = join(existsSync(packedPipelines) ? packedPipelines : dicomPipelines(), seriesPipeline)

async function decode(format: CodecFormat, path: string): Promise<ItkImage | undefined> {
  const { couldRead, image } = await readers[format](path)
  return couldRead ? image : undefined
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'texel-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
