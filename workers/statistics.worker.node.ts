import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { loadKernels } from './loadKernels.node.ts'
import { createStatisticsApi } from './statisticsApi.ts'
import './sendErrors.ts'

expose(
  createStatisticsApi(() => loadKernels()),
  nodeEndpoint(parentPort!),
)
