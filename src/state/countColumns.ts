import { imageIdOf, type Study, type StudyImage } from '../core/study/study.ts'
import type { KeptTable } from '../storage/schema.ts'

interface Columns {
  /** Of the reader in hand, newest first. */
  readonly tables: readonly Pick<KeptTable, 'image' | 'featureCount' | 'isPartial'>[]
  readonly images: readonly Pick<StudyImage, 'id' | 'patient' | 'role'>[]
  readonly roles: Study['roles']
  /** Of patients that were imported. */
  readonly imported: { has(patient: string): boolean }
}

/** The columns of the study's table: the same features of each role; null before any image of the study has features. */
export function countColumns({ tables, images, roles, imported }: Columns): number | null {
  const wanted = new Set(roles.map(({ id }) => id))
  const own = new Set(images.flatMap(({ id, patient, role }) => (role !== null && wanted.has(role) && imported.has(patient) ? [id] : []))) // prettier-ignore
  const newest = tables.find(({ image, isPartial }) => !isPartial && own.has(imageIdOf(image)))
  return newest ? newest.featureCount * roles.length : null
}
