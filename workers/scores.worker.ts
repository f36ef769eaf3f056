import { exposeApi } from './exposeApi.ts'

/* Tables of scores and of features, to learn from and to be scored: what reads them is the same. */
exposeApi(async () => {
  const { createScoresApi, createStudyApi, createApplyApi } = await import('./tablesApi.ts')
  return { ...createScoresApi(), ...createStudyApi(), ...createApplyApi() }
})
