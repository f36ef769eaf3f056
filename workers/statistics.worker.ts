import { exposeApi } from './exposeApi.ts'
import { loadKernels } from './loadKernels.ts'
import { createStatisticsApi } from './statisticsApi.ts'

exposeApi(createStatisticsApi(loadKernels))
