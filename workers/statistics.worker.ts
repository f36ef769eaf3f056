import { expose } from 'comlink'
import { loadKernels } from './loadKernels.ts'
import { createStatisticsApi } from './statisticsApi.ts'

expose(createStatisticsApi(loadKernels))
