import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { createAnswerStore } from './answerStore.ts'
import { noteCopied } from './copyOldDatabase.ts'
import type { Database } from './schema.ts'
import { settingSchemas, type Settings } from './settings.ts'
import { createStudyStore } from './studyStore.ts'

/** Where earlier versions kept settings. Those that held an object wrote JSON. */
const places: readonly (readonly [place: string, name: keyof Settings, isJson?: boolean])[] = [
  ['texel.reader', 'reader'],
  ['texel.hands', 'hands'],
  ['texel.roiStyle', 'maskStyle'],
  ['texel.alignments', 'alignments', true],
]

/**
 * Takes over the settings of versions that kept them apart from the database, and of one that is still in use: each state of
 * a setting once. Nothing is changed there.
 */
export async function copyOldSettings(database: Database, local: Pick<Storage, 'getItem'>): Promise<void> {
  const answers = createAnswerStore(database)
  const study = createStudyStore(database)
  /** @param take nothing where the text is not what those versions wrote: it stays where it is */
  const copy = async (place: string, find: (text: string) => (() => Promise<void>) | undefined) => {
    const text = local.getItem(place)
    const take = text === null ? undefined : find(text)
    if (!take) return
    const stores = [database.answers, database.meta, database.journal, database.copied]
    await database.transaction('rw', stores, async () => {
      if (await noteCopied(database, 'settings', place, text!)) await take()
    })
  }
  for (const [place, name, isJson] of places)
    await copy(place, (text) => {
      const { data } = settingSchemas[name].safeParse(isJson ? parseJson(text) : text)
      if (data === undefined) return undefined
      return () => answers.change(name, (before) => (isJson ? { ...(before as object | undefined), ...(data as object) } : data))
    })
  for (const { id } of unnamedStudy.readers) await copy(`texel.reader.${id}`, (name) => () => study.renameReader(id, name))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
