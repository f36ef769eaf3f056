import type { Study } from '../core/study/study.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { createAnswerStore } from './answerStore.ts'
import type { Database } from './schema.ts'
import { isOfNewerVersion, StorageError } from './maskStore.ts'
import { tell } from './messages.ts'
import { NewerDatabaseError } from './newerDatabaseError.ts'
import { hasOldSettings } from './oldSettings.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'

/** With what a session begins. */
export interface StudyStart extends Settings {
  readonly study: Study
}

/** Of a browser that keeps nothing, or does not tell. */
export const freshStart: StudyStart = { ...defaultSettings, study: unnamedStudy }

/**
 * What was set before, in this version or an earlier one.
 * @param local where earlier versions kept it
 * @throws if the browser does not give it
 */
export async function readStart(database: Database, local: Pick<Storage, 'getItem'>): Promise<StudyStart> {
  if (hasOldSettings(local)) {
    const { copyOldSettings } = await import('./earlierVersions.ts')
    await copyOldSettings(database, local)
  }
  const answers = createAnswerStore(database)
  const read = async <Name extends keyof Settings>(name: Name): Promise<Settings[Name]> => {
    const kept = (await answers.get(name)) as Settings[Name] | undefined
    return kept ?? defaultSettings[name]
  }
  const study = await createStudyRecordStore(database).get()
  const reader = await read('reader')
  return {
    study,
    reader: study.readers.some(({ id }) => id === reader) ? reader : study.readers[0].id,
    hands: await read('hands'),
    maskStyle: await read('maskStyle'),
    analysisTheme: await read('analysisTheme'),
    language: await read('language'),
    layout: await read('layout'),
    drawOver: await read('drawOver'),
    curve: await read('curve'),
    alignments: await read('alignments'),
  }
}

/**
 * What was set before, as far as the browser gives it.
 * @returns why it does not as `problem`: it has no database for this page, a newer version made it, or a tab of an earlier one,
 * which this one's form of the database waits for, does not close
 */
export async function findStart(
  database: Database,
  local: Pick<Storage, 'getItem'>,
): Promise<{ readonly start: StudyStart; readonly problem?: unknown }> {
  const blocked = new Promise<never>((_, reject) => {
    database.on('blocked', () => {
      reject(new StorageError(tell('earlier-version-open', {})))
    })
  })
  try {
    return { start: await Promise.race([readStart(database, local), blocked]) }
  } catch (problem) {
    return { start: freshStart, problem: isOfNewerVersion(problem) ? new NewerDatabaseError() : problem }
  }
}
