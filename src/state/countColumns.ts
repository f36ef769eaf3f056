import { imageIdOf, type Study, type StudyImage } from '../core/study/study.ts'
import type { KeptTable } from '../storage/schema.ts'

interface Columns {
  /** Of the reader in hand, newest first. */
  readonly tables: readonly Pick<KeptTable, 'image' | 'featureCount' | 'isPartial'>[]
  readonly images: readonly Pick<StudyImage, 'id' | 'role'>[]
  readonly roles: Study['roles']
  /** By ID of an image, the label of its patient, where an import gave it. */
  readonly imported: { has(image: string): boolean }
}

/** The columns of the study's table: the same features of each role; null before any image of the study has features. */
export function countColumns({ tables, images, roles, imported }: Columns): number | null {
  const wanted = new Set(roles.map(({ id }) => id))
  const own = new Set(images.flatMap(({ id, role }) => (role !== null && wanted.has(role) && imported.has(id) ? [id] : [])))
  const newest = tables.find(({ image, isPartial }) => !isPartial && own.has(imageIdOf(image)))
  return newest ? newest.featureCount * roles.length : null
}
