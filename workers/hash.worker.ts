import { expose } from 'comlink'
import { createHashApi } from './hashApi.ts'

expose(createHashApi())
