import { z } from '../core/messages/zod.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { createAnswerStore } from './answerStore.ts'
import { noteCopied } from './copyOldDatabase.ts'
import { nameOfReader, oldSettings, type OldSetting } from './oldSettings.ts'
import { direction, triple } from '../core/study/recordSchemas.ts'
import type { Database } from './schema.ts'
import type { Settings } from './settings.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'

const schemas: { readonly [Name in OldSetting]: z.ZodType<Settings[Name]> } = {
  reader: z.string(),
  hands: z.enum(['itk-snap', 'pacs']),
  maskStyle: z.enum(['fill', 'outline']),
  alignments: z.record(z.string(), z.object({ rotation: direction, centreMm: triple, translationMm: triple })),
}

/**
 * Takes over the settings of versions that kept them apart from the database, and of one that is still in use: each state of
 * a setting once. Nothing is changed there.
 */
export async function copyOldSettings(database: Database, local: Pick<Storage, 'getItem'>): Promise<void> {
  const answers = createAnswerStore(database)
  const study = createStudyRecordStore(database)
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
  for (const [place, name, isJson] of oldSettings)
    await copy(place, (text) => {
      const { data } = schemas[name].safeParse(isJson ? parseJson(text) : text)
      if (data === undefined) return undefined
      return () => answers.change(name, (before) => (isJson ? { ...(before as object | undefined), ...(data as object) } : data))
    })
  for (const { id } of unnamedStudy.readers) await copy(nameOfReader(id), (name) => () => study.renameReader(id, name))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
