import { tell } from '../src/io/messages.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'
import { programServer } from '../src/io/programServer.ts'
import type { scoresInWorker } from './scoresInWorker.ts'
import type { createStudyInWorker } from './studyInWorker.ts'

/** Tables of scores and of features off the page's thread; what asks the workers is loaded at the first question. */
export function tablesLater(): { scores: typeof scoresInWorker; study: ReturnType<typeof createStudyInWorker> } {
  const { get } = keepLoaded(async () => {
    const parts = Promise.all([import('./scoresInWorker.ts'), import('./studyInWorker.ts')])
    const [{ scoresInWorker }, { createStudyInWorker }] = await parts.catch(async (error: unknown) => {
      throw await programServer.describe(tell('not-loaded', { part: 'page', why: String(error) }))
    })
    return { scores: scoresInWorker, study: createStudyInWorker() }
  })
  return {
    scores: {
      look: async (...asked) => (await get()).scores.look(...asked),
      check: async (...asked) => (await get()).scores.check(...asked),
      evaluate: async (...asked) => (await get()).scores.evaluate(...asked),
      classify: async (...asked) => (await get()).scores.classify(...asked),
    },
    study: {
      look: async (...asked) => (await get()).study.look(...asked),
      check: async (...asked) => (await get()).study.check(...asked),
      read: async (...asked) => (await get()).study.read(...asked),
      plan: async (...asked) => (await get()).study.plan(...asked),
      judge: async (...asked) => (await get()).study.judge(...asked),
      analyse: async (...asked) => (await get()).study.analyse(...asked),
    },
  }
}
