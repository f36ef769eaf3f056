import { createCompareApi } from './compareApi.ts'
import { exposeApi } from './exposeApi.ts'
import { loadKernels } from './loadKernels.ts'

exposeApi(createCompareApi(loadKernels))
