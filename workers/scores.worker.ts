import { exposeApi } from './exposeApi.ts'

/* Tables of scores and of features: what reads them is the same. */
exposeApi(async () => {
  const [{ createScoresApi }, { createStudyApi }] = await Promise.all([import('./scoresApi.ts'), import('./studyApi.ts')])
  return { ...createScoresApi(), ...createStudyApi() }
})
