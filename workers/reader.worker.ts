import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createReaderApi } = await import('./readerApi.ts')
  const { createItkCodec } = await import('../src/io/itkCodec.ts')
  const { fileFromBlob } = await import('../src/io/sourceFile.ts')
  return createReaderApi(
    (pipelinesUrl) => Promise.resolve(createItkCodec(pipelinesUrl)),
    ({ path, content }) => Promise.resolve(fileFromBlob(path, content instanceof Blob ? content : new Blob())),
  )
})
