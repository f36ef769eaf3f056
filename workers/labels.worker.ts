import { expose } from 'comlink'
import { createLabelsApi } from './labelsApi.ts'

expose(createLabelsApi())
