import { expose } from 'comlink'
import { createCompareApi } from './compareApi.ts'
import { loadKernels } from './loadKernels.ts'

expose(createCompareApi(loadKernels))
