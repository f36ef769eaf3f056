import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import { createReaderApi } from './readerApi.ts'

// itk-wasm puts its results into shared memory where there is any; ours are handed on to another thread, not shared.
Reflect.deleteProperty(globalThis, 'SharedArrayBuffer')

expose(
  createReaderApi(
    async () => (await import('../src/io/itkCodec.node.ts')).itkCodec,
    async ({ path, content }) => ({ ...(await fileFromDisk(String(content))), path }),
  ),
  nodeEndpoint(parentPort!),
)
