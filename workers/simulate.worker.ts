import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createSimulateApi } = await import('./simulateApi.ts')
  return createSimulateApi()
})
