import { createItkCodec } from '../src/io/images/itkCodec.ts'
import { fileFromBlob } from '../src/io/sourceFile.ts'
import { exposeApi } from './exposeApi.ts'
import { createReaderApi } from './readerApi.ts'

exposeApi(
  createReaderApi(createItkCodec, ({ path, content }) =>
    Promise.resolve(fileFromBlob(path, content instanceof Blob ? content : new Blob())),
  ),
)
