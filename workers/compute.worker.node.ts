import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { measureByIbsi } from '../src/core/extraction/measureByIbsi.ts'
import { createComputeApi } from './computeApi.ts'
import { loadKernels } from './loadKernels.node.ts'
import './sendErrors.ts'

expose(
  createComputeApi(() => loadKernels(), measureByIbsi),
  nodeEndpoint(parentPort!),
)
