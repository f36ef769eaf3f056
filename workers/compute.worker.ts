import { createComputeApi } from './computeApi.ts'
import { exposeApi } from './exposeApi.ts'
import { loadKernels } from './loadKernels.ts'

exposeApi(createComputeApi(loadKernels))
