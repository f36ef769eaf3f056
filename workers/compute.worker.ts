import { expose } from 'comlink'
import { createComputeApi } from './computeApi.ts'
import { loadKernels } from './loadKernels.ts'

expose(createComputeApi(loadKernels))
