import { Dexie, type Transaction } from 'dexie'

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

/** The tables of an analysis and the results of its stages. */
const version3 = { analyses: 'key', stageRecords: 'key' }

export const versions: readonly {
  /** What changes of the version before. */
  readonly stores: Readonly<Record<string, string | null>>
  readonly upgrade?: (transaction: Transaction) => Promise<void>
}[] = [{ stores: version1 }, { stores: version2, upgrade: loadUpgradeTo2 }, { stores: version3 }]

async function loadUpgradeTo2(transaction: Transaction): Promise<void> {
  const { upgradeTo2 } = await Dexie.waitFor(import('./earlierVersions.ts'))
  await upgradeTo2(transaction)
}
