import { expose } from 'comlink'
import { createSliceInterpolator } from '../src/io/interpolateSlices.ts'
import { loadKernels } from './loadKernels.ts'
import { createMaskApi } from './maskApi.ts'

expose(createMaskApi(loadKernels, createSliceInterpolator))
