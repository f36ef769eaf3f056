/* All that one worker does with tables, in one part: cut into several it would be heavier. */
export { createApplyApi } from './applyApi.ts'
export { createScoresApi } from './scoresApi.ts'
export { createStudyApi } from './studyApi.ts'
