import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { fileFromDisk } from '../src/io/sourceFile.node.ts'
import type { ImageCodec } from '../src/io/images/imageCodec.ts'
import { createReaderApi } from './readerApi.ts'
import './sendErrors.ts'

// itk-wasm puts its results into shared memory where there is any; ours are handed on to another thread, not shared.
Reflect.deleteProperty(globalThis, 'SharedArrayBuffer')

// What ITK prints would mix with the program's own output and may name patients; the outcome says what matters. Were it kept for nobody to
// read, the thread that printed would keep the program from ending.
process.stdout.write = process.stderr.write = () => true

/** ITK is loaded when a file needs it, which takes longer than to read most that do not. */
const loadItk = async () => (await import('../src/io/images/itkCodec.node.ts')).itkCodec
const codec: ImageCodec = {
  readImage: async (...sent) => (await loadItk()).readImage(...sent),
  readDicomSlices: async (...sent) => (await loadItk()).readDicomSlices(...sent),
  writeImage: async (...sent) => (await loadItk()).writeImage(...sent),
}

expose(
  createReaderApi(
    () => codec,
    async ({ path, content }) => ({ ...(await fileFromDisk(String(content))), path }),
  ),
  nodeEndpoint(parentPort!),
)
