import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createHashApi } = await import('./hashApi.ts')
  return createHashApi()
})
