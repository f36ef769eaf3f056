import { exposeApi } from './exposeApi.ts'

exposeApi(async () => (await import('./studyApi.ts')).createStudyApi())
