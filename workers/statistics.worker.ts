import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createStatisticsApi } = await import('./statisticsApi.ts')
  const { loadKernels } = await import('./loadKernels.ts')
  return createStatisticsApi(loadKernels)
})
