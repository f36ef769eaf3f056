import { exposeApi } from './exposeApi.ts'
import { createHashApi } from './hashApi.ts'

exposeApi(createHashApi())
