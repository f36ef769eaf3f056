import { exposeApi } from './exposeApi.ts'

exposeApi(async () => {
  const { createImagesApi } = await import('./imagesApi.ts')
  // What aligns is large, and the rest does without.
  return createImagesApi(async (pipelinesUrl) => {
    const { createImageAligner } = await import('../src/io/pipelines/alignImages.ts')
    return createImageAligner(pipelinesUrl)
  })
})
