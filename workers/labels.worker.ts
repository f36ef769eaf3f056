import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createLabelsApi } = await import('./labelsApi.ts')
  return createLabelsApi()
})
