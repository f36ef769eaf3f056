import { defaultRoles, type RoleId, type RoleSpec } from '../../study/roles.ts'

/*
 * Whose masks are that lie in files of their own: by what their names say, and by the grids that they stand on.
 */

/** An image of the study that may be drawn on. */
export interface DrawnOn {
  readonly id: string
  /** Of its patient. */
  readonly label: string
  readonly role: RoleId | null
  /** What the clinic calls the patient. */
  readonly clinicIds: readonly string[]
}

export interface MaskNames {
  /** Folders separated by '/'. */
  readonly path: string
  /** As its header has it. */
  readonly patientId?: string
}

export interface MaskMatch {
  /** IDs of images that it may be of, those of roles first; none where it stands on no image. */
  readonly images: readonly string[]
  /** The one that it is proposed to be of; null where a person has to say. */
  readonly proposed: string | null
}

const maskWord = /mask(?!ed)|(^|[^a-z])(seg|segmentation|label|roi)s?([^a-z]|$)/i

/** Whether a file is called a mask. */
export const isCalledMask = (path: string): boolean => maskWord.test(path.split('/').at(-1)!)

/** Between any two words of it, and around it, one space. */
const spaced = (text: string) => ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `
/** A number of a digit or two stands in names for anything. */
const isTelling = (name: string) => name.length > 2 || (/\p{L}/u.test(name) && /\p{N}/u.test(name))

/** Labels of the patients whom a mask's header or name tells of: those whose name in it is the longest. */
export function patientsNamed({ path, patientId = '' }: MaskNames, images: readonly DrawnOn[]): ReadonlySet<string> {
  const texts = [spaced(path), spaced(patientId)]
  const named = images.flatMap(({ label, clinicIds }) =>
    [label, ...clinicIds]
      .filter((name) => isTelling(name) && texts.some((text) => text.includes(spaced(name))))
      .map((name) => ({ label, length: name.length })),
  )
  const longest = Math.max(0, ...named.map(({ length }) => length))
  return new Set(named.filter(({ length }) => length === longest).map(({ label }) => label))
}

/** The role that a file's own name has, or none: the longest of those that it may mean. `A-0001_T1WI+C_mask` */
export function roleNamed(path: string, roles: readonly RoleSpec[] = defaultRoles): RoleId | null {
  const words = spaced(path.split('/').at(-1)!).trim().split(' ')
  const runs = new Set(words.flatMap((_, from) => words.slice(from).map((_, count) => words.slice(from, from + count + 1).join('')))) // prettier-ignore
  const simple = (id: string) => id.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const found = roles
    .flatMap(({ id, names }) => [simple(id), ...names].map((name) => ({ id, name })))
    .filter(({ name }) => runs.has(name))
    .sort((a, b) => b.name.length - a.name.length)
  return found[0]?.id ?? null
}

/**
 * What image a mask is of: one that it stands on, of the patient whom it names, of the role that it names. Where it names nobody and
 * stands on images of several patients, or of one patient on several that have a role, a person says which.
 * @param fits whether it stands on the grid of an image
 */
export function matchMask<Image extends DrawnOn>(
  mask: MaskNames,
  images: readonly Image[],
  roles: readonly RoleSpec[],
  fits: (image: Image) => boolean,
): MaskMatch {
  const named = patientsNamed(mask, images)
  const own = (named.size > 0 ? images.filter(({ label }) => named.has(label)) : images).filter(fits)
  const ofRole = own.filter(({ role }) => role !== null)
  const wanted = roleNamed(mask.path, roles)
  const likely =
    [own, ofRole, own.filter(({ role }) => wanted !== null && role === wanted)].findLast(({ length }) => length > 0) ?? []
  return {
    images: [...new Set([...likely, ...ofRole, ...own].map(({ id }) => id))],
    proposed: likely.length === 1 ? likely[0].id : null,
  }
}
