import {
  metaReadImage,
  niftiReadImage,
  niftiWriteImage,
  nrrdReadImage,
  nrrdWriteImage,
  setPipelinesBaseUrl,
} from '@itk-wasm/image-io'
import { InterfaceTypes, runPipeline } from 'itk-wasm'
import { codecName, isCodecName, isCompressed, isNrrd, type ImageCodec, type ItkImage } from './imageCodec.ts'
import { isGzip } from '../gzip.ts'
import { runItk } from '../pipelines/runItk.ts'
import { fileName, type Bytes } from '../sourceFile.ts'

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
      const inputs = files.map((data, i) => ({ type: InterfaceTypes.BinaryFile, data: { path: `${i}.dcm`, data } }))
      const arguments_ = [
        '0',
        '1',
        '--memory-io',
        '--single-sorted-series',
        '--input-images',
        ...inputs.map(({ data }) => data.path),
      ]
      // The generated wrapper of this pipeline starts a pool of workers and joins their blocks by its own rules.
      const { returnValue, stderr, outputs } = await runItk(() =>
        runPipeline(
          'read-image-dicom-file-series',
          arguments_,
          [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.JsonCompatible }],
          inputs,
          { ...options, pipelineBaseUrl: `${pipelinesUrl}/dicom` },
        ),
      )
      if (returnValue !== 0) throw new Error(stderr)
      return outputs[0].data as ItkImage
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
