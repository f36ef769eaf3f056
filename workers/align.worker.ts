import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const [{ createImageAligner }, { createAlignApi }] = await Promise.all([
    import('../src/io/pipelines/alignImages.ts'),
    import('./alignApi.ts'),
  ])
  return createAlignApi(createImageAligner)
})
