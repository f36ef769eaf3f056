import type { Transaction } from 'dexie'
import { z } from 'zod'
import type { Patient } from '../core/study/study.ts'
import { defaultReaderName, firstLesion } from '../core/study/unnamedStudy.ts'
import { region, voxels, type KeptMask, type KeptRegion } from './schema.ts'

/*
 * The versions of a study's database, each once released for ever as it is, and how what one kept becomes what the next one keeps.
 */

const version1 = {
  masks: 'key, image, savedAt',
  drafts: 'key',
  answers: 'key',
  labels: 'key',
  featureTables: 'key, image, savedAt',
  featureResults: 'key',
  openedImages: 'key, openedAt',
  openedFiles: '++id',
  copied: 'key',
}

/** Regions lie apart from their voxels, patients from what tells who they are; readers have text for an ID; acts are written down. */
const version2 = {
  meta: 'key',
  regions: 'key, image, savedAt',
  masks: 'key',
  patients: 'id, label',
  identities: 'key',
  labels: null,
  curves: 'key',
  journal: '++seq',
  unread: '++id',
}

export const versions: readonly {
  /** What changes of the version before. */
  readonly stores: Readonly<Record<string, string | null>>
  readonly upgrade?: (transaction: Transaction) => Promise<void>
}[] = [{ stores: version1 }, { stores: version2, upgrade: upgradeTo2 }]

/** Changes at each step are few: all voxels at once would fill memory. */
async function upgradeTo2(transaction: Transaction): Promise<void> {
  const table = (name: string) => transaction.table<object, string>(name)
  for (const key of await table('masks').toCollection().primaryKeys()) {
    const kept = await table('masks').get(key)
    const mask = readMask(kept)
    await table('masks').delete(key)
    if (mask) await putMask(table, mask)
    else await table('unread').put({ place: 'masks of version 1', record: kept })
  }
  for (const kept of await table('featureTables').toArray())
    await table('featureTables').put({ ...kept, reader: String((kept as { reader: unknown }).reader) })
  const labels: z.infer<typeof oldLabel>[] = []
  for (const kept of await table('labels').toArray()) {
    const label = oldLabel.safeParse(kept)
    if (label.success) labels.push(label.data)
    else await table('unread').put({ place: 'labels of version 1', record: kept })
  }
  const patients = new Map([...new Set(labels.map(({ number }) => number))].map((number) => [number, newPatient(number)]))
  await table('patients').bulkPut([...patients.values()])
  await table('identities').bulkPut(labels.map(({ key, number }) => ({ key, patient: patients.get(number)!.id })))
}

type TableOf = (name: string) => { put(record: object): PromiseLike<unknown> }

async function putMask(table: TableOf, { voxels, ...kept }: KeptMask): Promise<void> {
  const { key, deleted, progress } = kept
  await table('regions').put(kept)
  await table('masks').put({ key, voxels })
  if (!deleted) await table('journal').put({ at: Date.now(), act: 'take-region', subject: key, progress })
}

const oldLabel = z.object({ key: z.string(), number: z.int() })

/** Of the versions until there were patients. */
export function newPatient(number: number): Patient {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { id, label: `P${String(number).padStart(4, '0')}`, lesions: [{ id: firstLesion }] }
}

/** As version 1 kept it, and those before: what they did not tell is filled in as they understood it. */
const oldMask = z.looseObject({
  key: z.string(),
  reader: z.literal([1, 2]),
  readerName: z.string().optional(),
  progress: z.enum(['empty', 'inProgress', 'complete', 'locked']).optional(),
  changedAt: z.number().optional(),
  savedAt: z.number(),
  size: z.tuple([z.number(), z.number(), z.number()]),
  voxelCount: z.number(),
  voxels: z.unknown(),
})

/** @returns undefined for what no version kept so */
export function readMask(kept: unknown): KeptMask | undefined {
  const old = oldMask.safeParse(kept)
  if (!old.success) return undefined
  const { reader: number, voxels: packed, ...rest } = old.data
  const { key, size, savedAt, voxelCount } = rest
  const reader = String(number)
  const whole = { lower: [0, 0, 0], upper: [size[0] - 1, size[1] - 1, size[2] - 1] }
  const head = region.safeParse({
    ...rest,
    reader,
    progress: voxelCount === 0 ? 'empty' : (rest.progress ?? 'inProgress'),
    readerName: rest.readerName ?? defaultReaderName(reader),
    changedAt: rest.changedAt ?? savedAt,
    // The first version kept the whole grid.
    box: 'box' in rest ? rest['box'] : whole,
  } satisfies Partial<Record<keyof KeptRegion, unknown>>)
  const body = voxels.safeParse({ key, voxels: packed })
  return head.success && body.success ? { ...head.data, ...body.data } : undefined
}
