import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createReaderApi } = await import('./readerApi.ts')
  const { createItkCodec } = await import('../src/io/images/itkCodec.ts')
  const { fileFromBlob } = await import('../src/io/sourceFile.ts')
  return createReaderApi(createItkCodec, ({ path, content }) =>
    Promise.resolve(fileFromBlob(path, content instanceof Blob ? content : new Blob())),
  )
})
