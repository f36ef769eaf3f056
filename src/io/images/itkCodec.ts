import {
  metaReadImage,
  niftiReadImage,
  niftiWriteImage,
  nrrdReadImage,
  nrrdWriteImage,
  setPipelinesBaseUrl,
} from '@itk-wasm/image-io'
import { runPipeline } from 'itk-wasm'
import { codecName, isCodecName, isCompressed, isNrrd, type ImageCodec } from './imageCodec.ts'
import { isGzip } from '../gzip.ts'
import { runItk } from '../pipelines/runItk.ts'
import { fileName, type Bytes } from '../sourceFile.ts'
import { seriesCall, seriesPipeline, takeSeries } from './seriesPipeline.ts'

const readers = { NIfTI: niftiReadImage, NRRD: nrrdReadImage, MetaImage: metaReadImage }

/**
 * ITK in a web worker, in that worker's own thread (`webWorker: false`), so that ending the worker gives all memory back.
 * @param pipelinesUrl where the pipelines lie on the page's own origin, with the folders image-io and dicom; itk-wasm's own default is another host
 */
export function createItkCodec(pipelinesUrl: string): ImageCodec {
  const options = { webWorker: false, noCopy: true } as const
  setPipelinesBaseUrl(`${pipelinesUrl}/image-io`)
  return {
    async readImage(format, file) {
      const data = await file.bytes()
      const gzipped = isGzip(data)
      const path = isCodecName(file.path, format, gzipped) ? fileName(file.path) : codecName(format, gzipped)
      const { couldRead, image } = await runItk(() => readers[format]({ path, data }, options))
      return couldRead ? image : undefined
    },
    async readDicomSlices(files) {
      const [flags, outputs, inputs] = seriesCall(files)
      return takeSeries(
        await runItk(() =>
          runPipeline(seriesPipeline, flags, outputs, inputs, { ...options, pipelineBaseUrl: `${pipelinesUrl}/dicom` }),
        ),
      )
    },
    async writeImage(image, name) {
      const write = isNrrd(name) ? nrrdWriteImage : niftiWriteImage
      const { couldWrite, serializedImage } = await runItk(() =>
        write(image, name, { ...options, useCompression: isCompressed(name) }),
      )
      if (!couldWrite) throw new Error(`ITK could not write ${name}.`)
      return serializedImage.data as Bytes
    },
  }
}
