import type { Database, Nameless } from './schema.ts'

/*
 * What an image is called on the screen may be a patient's name, so it stands apart from what is kept of the image: whatever is read
 * of its regions and tables is given it again here. All is done in the caller's transaction, with `storesOfNames` in it.
 */

/** In place of the image of a region that was deleted: nothing of an image finds it. */
export const deletedImage = 'deleted'

interface OfImage {
  readonly image: string
  /** Of a region that was deleted a moment ago. */
  readonly deleted?: { readonly image: string }
}
const imageOf = ({ image, deleted }: OfImage) => deleted?.image ?? image

/** What is looked at to tell whether anything is left of an image that has a name. */
export const storesOfNames = ({ imageNames, regions, featureTables }: Database) => [imageNames, regions, featureTables]

/** @returns the record as it stands in its own store: its name is kept */
export async function keepName<T extends OfImage & { readonly imageName: string }>(
  { imageNames }: Database,
  named: T,
): Promise<Nameless<T>> {
  const { imageName, ...record } = named
  await imageNames.put({ image: imageOf(named), name: imageName })
  return record
}

/** Gives records the names of their images again. */
export async function nameAll<T extends OfImage>(
  { imageNames }: Database,
  records: readonly T[],
): Promise<(T & { readonly imageName: string })[]> {
  const images = [...new Set(records.map(imageOf))]
  const found = await imageNames.bulkGet(images)
  const names = new Map(found.flatMap((one) => (one ? [[one.image, one.name] as const] : [])))
  return records.map((record) => ({ ...record, imageName: names.get(imageOf(record)) ?? imageOf(record) }))
}

/** The name of an image goes with the last that is kept of it. */
export async function dropName({ imageNames, regions, featureTables }: Database, record: OfImage): Promise<void> {
  const image = imageOf(record)
  const deleted = await regions.where('image').equals(deletedImage).toArray()
  if (deleted.some((one) => imageOf(one) === image)) return
  for (const table of [regions, featureTables]) if ((await table.where('image').equals(image).count()) > 0) return
  await imageNames.delete(image)
}
