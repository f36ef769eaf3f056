import { exposeApi } from './exposeApi.ts'
import { createLabelsApi } from './labelsApi.ts'

exposeApi(createLabelsApi())
