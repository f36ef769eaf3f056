import type { Transaction } from 'dexie'
import { z } from '../core/messages/zod.ts'
import { defaultReaderName } from '../core/study/unnamedStudy.ts'
import { newPatient } from './newPatient.ts'
import { region, voxels, type KeptMask, type KeptRegion } from './schema.ts'

/** Changes at each step are few: all voxels at once would fill memory. */
export async function upgradeTo2(transaction: Transaction): Promise<void> {
  const table = (name: string) => transaction.table<object, string>(name)
  for (const key of await table('masks').toCollection().primaryKeys()) {
    const kept = await table('masks').get(key)
    const mask = readOldMask(kept)
    await table('masks').delete(key)
    if (mask) await putMask(table, mask)
    else await table('unread').put({ place: 'version 1: masks', record: kept })
  }
  for (const kept of await table('featureTables').toArray())
    await table('featureTables').put({ ...kept, reader: String((kept as { reader: unknown }).reader) })
  const labels: z.infer<typeof oldLabel>[] = []
  for (const kept of await table('labels').toArray()) {
    const label = oldLabel.safeParse(kept)
    if (label.success) labels.push(label.data)
    else await table('unread').put({ place: 'version 1: labels', record: kept })
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
export function readOldMask(kept: unknown): KeptMask | undefined {
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
