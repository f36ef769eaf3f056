import { exposeApi } from './exposeApi.ts'

exposeApi(async () => (await import('./scoresApi.ts')).createScoresApi())
