import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const [{ createReaderApi }, { createItkCodec }, { fileFromBlob }] = await Promise.all([
    import('./readerApi.ts'),
    import('../src/io/images/itkCodec.ts'),
    import('../src/io/sourceFile.ts'),
  ])
  return createReaderApi(createItkCodec, ({ path, content }) =>
    Promise.resolve(fileFromBlob(path, content instanceof Blob ? content : new Blob())),
  )
})
