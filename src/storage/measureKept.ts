import type { Database } from './schema.ts'

/** What a person calls what is kept. */
export type KeptKind = 'rois' | 'images' | 'study' | 'identities' | 'features' | 'analysis' | 'settings' | 'older'

/** Of each store, what kind of thing it holds. */
export const kindOfStore: Readonly<Record<string, KeptKind>> = {
  regions: 'rois',
  masks: 'rois',
  drafts: 'rois',
  curves: 'rois',
  journal: 'rois',
  openedImages: 'images',
  openedPlaces: 'images',
  openedFiles: 'images',
  meta: 'study',
  patients: 'study',
  images: 'study',
  decisions: 'study',
  identities: 'identities',
  places: 'identities',
  links: 'identities',
  listings: 'identities',
  imageNames: 'identities',
  patientAnswers: 'identities',
  clinicalTables: 'identities',
  featureTables: 'features',
  featureResults: 'features',
  featureColumns: 'features',
  batchRows: 'features',
  analyses: 'analysis',
  tablesInHand: 'analysis',
  stageRecords: 'analysis',
  answers: 'settings',
  copied: 'older',
  unread: 'older',
}

export interface KeptShare {
  readonly kind: KeptKind
  readonly records: number
  /** As the records are given, about; a browser stores them in its own way. */
  readonly bytes: number
}

/** How much the browser keeps of each kind, kinds of which there is nothing left out. Record by record: no store is in memory as a whole. */
export async function measureKept(database: Database): Promise<readonly KeptShare[]> {
  const shares = new Map<KeptKind, { records: number; bytes: number }>()
  for (const table of database.tables) {
    const kind = kindOfStore[table.name]
    const share = shares.get(kind) ?? { records: 0, bytes: 0 }
    await table.each((record: unknown) => {
      share.records++
      share.bytes += sizeOf(record)
    })
    shares.set(kind, share)
  }
  const order = [...new Set(Object.values(kindOfStore))]
  return order.flatMap((kind) => {
    const share = shares.get(kind)
    return share && share.records > 0 ? [{ kind, ...share }] : []
  })
}

/** Two bytes a letter, eight a number. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length
  if (typeof value === 'number') return 8
  if (typeof value !== 'object' || value === null) return 1
  if (value instanceof Blob) return value.size
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength
  if (value instanceof Map) return sizeOf([...value])
  return Object.entries(value).reduce((sum, [key, own]) => sum + (Array.isArray(value) ? 0 : 2 * key.length) + sizeOf(own), 0)
}
