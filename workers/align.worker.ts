import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createImageAligner } = await import('../src/io/pipelines/alignImages.ts')
  const { createAlignApi } = await import('./alignApi.ts')
  return createAlignApi(createImageAligner)
})
