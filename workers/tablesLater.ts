import { tell } from '../src/io/messages.ts'
import { keepLoaded } from '../src/io/keepLoaded.ts'
import { programServer } from '../src/io/programServer.ts'
import type { scoresInWorker } from './scoresInWorker.ts'
import type { applyInWorker } from './applyInWorker.ts'
import type { createStudyInWorker } from './studyInWorker.ts'

interface Tables {
  readonly scores: typeof scoresInWorker
  readonly study: ReturnType<typeof createStudyInWorker>
  readonly apply: typeof applyInWorker
}

/** Tables of scores and of features, and models, off the page's thread; what asks the workers is loaded at the first question. */
export function tablesLater(): Tables {
  const { get } = keepLoaded(async () => {
    const parts = Promise.all([import('./scoresInWorker.ts'), import('./studyInWorker.ts'), import('./applyInWorker.ts')])
    const [{ scoresInWorker }, { createStudyInWorker }, { applyInWorker }] = await parts.catch(async (error: unknown) => {
      throw await programServer.describe(tell('not-loaded', { part: 'page', why: String(error) }))
    })
    return { scores: scoresInWorker, study: createStudyInWorker(), apply: applyInWorker }
  })
  const ask = <Part extends keyof Tables, Name extends keyof Tables[Part]>(part: Part, name: Name) =>
    (async (...asked: never[]) =>
      ((await get())[part][name] as (...asked: never[]) => unknown)(...asked)) as unknown as Tables[Part][Name]
  return {
    scores: { look: ask('scores', 'look'), check: ask('scores', 'check'), evaluate: ask('scores', 'evaluate'), classify: ask('scores', 'classify') },
    study: { look: ask('study', 'look'), check: ask('study', 'check'), read: ask('study', 'read'), sheet: ask('study', 'sheet'), plan: ask('study', 'plan'), judge: ask('study', 'judge'), describe: ask('study', 'describe'), analyse: ask('study', 'analyse') },
    apply: { check: ask('apply', 'check'), score: ask('apply', 'score') },
  } // prettier-ignore
}
