import { expose } from 'comlink'
import { createImageAligner } from '../src/io/alignImages.ts'
import { createAlignApi } from './alignApi.ts'

expose(createAlignApi(createImageAligner))
