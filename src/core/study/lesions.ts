import type { RoiProgress } from '../mask/progress.ts'
import type { Lesion, LesionId } from './study.ts'
import { firstLesion } from './unnamedStudy.ts'

/** What a patient has of whom nobody said more. */
export const oneLesion: readonly Lesion[] = [{ id: firstLesion }]

/** Those that were not deleted, in the order of their numbers. */
export const presentLesions = (lesions: readonly Lesion[]): readonly Lesion[] =>
  lesions.filter(({ deletedAt }) => deletedAt === undefined)

/** L2 has 2. */
export const numberOf = (id: LesionId) => Number(id.slice(1))

/** Puts lesions in the order of their numbers. */
export const compareLesions = (a: LesionId, b: LesionId): number => numberOf(a) - numberOf(b)

/** With another one, whose number none has or had. */
export function addLesion(lesions: readonly Lesion[], name?: string): readonly Lesion[] {
  const id: LesionId = `L${Math.max(...lesions.map((lesion) => numberOf(lesion.id)), 0) + 1}`
  return [...lesions, { id, ...(name && { name }) }]
}

/** The lesions of two that are one patient: what one has is there, though the other one has deleted it. */
export function mergeLesions(lesions: readonly Lesion[], others: readonly Lesion[]): readonly Lesion[] {
  const news = presentLesions(others).filter(({ id }) => !presentLesions(lesions).some((lesion) => lesion.id === id))
  if (news.length === 0) return lesions
  const kept = lesions.filter(({ id }) => !news.some((one) => one.id === id))
  // One patient has one index lesion: that of the first.
  return [...kept, ...news.map(({ isIndex: _, ...lesion }): Lesion => lesion)].sort((a, b) => compareLesions(a.id, b.id))
}

const withoutName = ({ name: _, ...lesion }: Lesion): Lesion => lesion
const asPresent = ({ deletedAt: _, ...lesion }: Lesion): Lesion => lesion

/** @param name '' takes it away */
export const renameLesion = (lesions: readonly Lesion[], id: LesionId, name: string): readonly Lesion[] =>
  lesions.map((lesion) => (lesion.id !== id ? lesion : { ...withoutName(lesion), ...(name.trim() && { name: name.trim() }) }))

/** That one and no other. */
export const markIndex = (lesions: readonly Lesion[], id: LesionId): readonly Lesion[] =>
  lesions.map(({ isIndex: _, ...lesion }) => (lesion.id === id ? { ...lesion, isIndex: true } : lesion))

/** @returns the same where it is the only one: a patient has at least one lesion */
export function deleteLesion(lesions: readonly Lesion[], id: LesionId, at: number): readonly Lesion[] {
  if (presentLesions(lesions).length < 2) return lesions
  return lesions.map((lesion) => (lesion.id === id ? { ...lesion, deletedAt: at } : lesion))
}

export const restoreLesion = (lesions: readonly Lesion[], id: LesionId): readonly Lesion[] =>
  lesions.map((lesion) => (lesion.id === id ? asPresent(lesion) : lesion))

/** The one of which is said what is known of the patient as a whole. */
export function indexLesion(lesions: readonly Lesion[]): LesionId {
  const present = presentLesions(lesions)
  return (present.find(({ isIndex }) => isIndex) ?? present[0]).id
}

/**
 * What follows a patient's label, or what a region is called, in tables and names of files: nothing for the first lesion, whose rows
 * have the patient's own label, however many come to it later.
 */
export const lesionSuffix = (lesion: LesionId): '' | `_${LesionId}` => (lesion === firstLesion ? '' : `_${lesion}`)

/** The ID of a row in a table of features: `A-0120`, `A-0120_L2`. */
export const rowIdOf = (label: string, lesion: LesionId): string => label + lesionSuffix(lesion)

const order: readonly RoiProgress[] = ['inProgress', 'complete', 'locked']

/** How far an image is whose lesions are that far: as far as the least of those that are drawn on it. */
export function joinProgress(lesions: readonly RoiProgress[]): RoiProgress {
  return order.find((progress) => lesions.includes(progress)) ?? 'empty'
}
