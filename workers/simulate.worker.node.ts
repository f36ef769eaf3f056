import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { createSimulateApi } from './simulateApi.ts'
import './sendErrors.ts'

expose(createSimulateApi(), nodeEndpoint(parentPort!))
