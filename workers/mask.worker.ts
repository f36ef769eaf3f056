import { createSliceInterpolator } from '../src/io/pipelines/interpolateSlices.ts'
import { exposeApi } from './exposeApi.ts'
import { loadKernels } from './loadKernels.ts'
import { createMaskApi } from './maskApi.ts'

exposeApi(createMaskApi(loadKernels, createSliceInterpolator))
