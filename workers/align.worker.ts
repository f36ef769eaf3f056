import { createImageAligner } from '../src/io/alignImages.ts'
import { createAlignApi } from './alignApi.ts'
import { exposeApi } from './exposeApi.ts'

exposeApi(createAlignApi(createImageAligner))
