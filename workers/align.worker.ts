import { createImageAligner } from '../src/io/pipelines/alignImages.ts'
import { createAlignApi } from './alignApi.ts'
import { exposeApi } from './exposeApi.ts'

exposeApi(createAlignApi(createImageAligner))
