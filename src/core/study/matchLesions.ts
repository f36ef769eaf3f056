import { presentLesions } from './lesions.ts'
import type { Lesion, LesionId } from './study.ts'

/** A label of a mask, by its value and, where its file says one, its name. */
export interface LabelToMatch {
  readonly value: number
  readonly name?: string
}

/**
 * Which lesion each label of a mask is, so that masks of several sequences meet: the one of its name; for a label without a name the
 * one of its number; else one that nobody named and nobody has drawn. No lesion is two labels'.
 * @param free lesions that nobody has drawn
 * @returns null for a label that is a new lesion
 */
export function matchLesions(
  lesions: readonly Lesion[],
  labels: readonly LabelToMatch[],
  free: ReadonlySet<LesionId>,
): readonly (LesionId | null)[] {
  const present = presentLesions(lesions)
  const taken = new Set<LesionId>()
  const take = (found: Lesion | undefined): LesionId | null => {
    if (found) taken.add(found.id)
    return found?.id ?? null
  }
  const find = (fits: (lesion: Lesion) => boolean) => take(present.find((lesion) => !taken.has(lesion.id) && fits(lesion)))
  const simple = (name: string) => name.trim().toLowerCase()
  const known = labels.map(({ value, name }) =>
    name === undefined
      ? find(({ id }) => id === `L${value}`)
      : find((lesion) => lesion.name !== undefined && simple(lesion.name) === simple(name)),
  )
  return known.map((id) => id ?? find((lesion) => lesion.name === undefined && free.has(lesion.id)))
}
