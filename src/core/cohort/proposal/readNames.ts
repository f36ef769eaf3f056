import { groupBy } from '../../numeric/groupBy.ts'
import type { NamedImage } from './listedImage.ts'

/*
 * What names of files say, where the files themselves say nothing of the patient: `{id}/{role}.nii.gz`, `{id}_{role}_{phase}.nii`, BIDS.
 */

/** Where a name tells whose the image is; what is left of the file's own name is the role, with a phase at its end. */
export type NamePattern =
  /** A folder, counted from the file: 1 holds it. */
  | { readonly id: 'folder'; readonly above: number }
  /** So many parts at the start or the end of the file's own name. */
  | { readonly id: 'start' | 'end'; readonly parts: number }
  | { readonly id: 'BIDS' }

export interface ReadName extends NamedImage {
  /** A mask of the image that is called the same otherwise. */
  readonly isMask: boolean
}

/** What a pattern makes of names: shown before it is taken. */
export interface PatternCount {
  readonly pattern: NamePattern
  /** As `{id}/{role}_{phase}.nii.gz`. */
  readonly text: string
  /** Files that it reads, of those given. */
  readonly files: number
  readonly patients: number
  readonly roles: readonly string[]
  /** Of the files that there would be if every patient had every role and phase, the part that there is: 1 at most. */
  readonly filled: number
}

const ending = /(\.(nii|nrrd|nhdr|mha|mhd|hdr|seg|gz))+$/i
const maskWords = /(^|[_\-. ])(mask|seg|segmentation|labels?|roi)(?=$|[_\-. ])/gi
const separators = /[_\-. ]+/
const mostRoles = 12
const leastFilled = 0.6

/** Counts of the patterns that may be meant, the likeliest first. @param paths of images and masks, folders separated by '/' */
export function proposePatterns(paths: readonly string[]): readonly PatternCount[] {
  const numbers = (most: number) => Array.from({ length: Math.max(0, most) }, (_, i) => i + 1)
  const folders = Math.max(0, ...paths.map((path) => path.split('/').length - 1))
  const parts = Math.max(0, ...paths.map((path) => ownName(path).split(separators).length - 1))
  const patterns: NamePattern[] = [
    { id: 'BIDS' },
    ...numbers(folders).map((above): NamePattern => ({ id: 'folder', above })),
    ...numbers(parts).flatMap((count): NamePattern[] => [
      { id: 'start', parts: count },
      { id: 'end', parts: count },
    ]),
  ]
  return patterns
    .map((pattern) => countNames(pattern, paths))
    .filter(({ files, roles, filled }) => files > 0 && roles.length <= mostRoles && filled >= leastFilled)
    .sort(
      (a, b) =>
        b.files - a.files ||
        likeliness(b) - likeliness(a) ||
        b.patients - a.patients ||
        b.filled - a.filled ||
        a.roles.length - b.roles.length,
    )
}

/** Several patients who share several roles; then such as share one; then one patient, of whom every part of a name may be the ID. */
function likeliness({ patients, roles }: PatternCount): number {
  return patients > 1 ? (roles.length > 1 ? 2 : 1) : 0
}

function countNames(pattern: NamePattern, paths: readonly string[]): PatternCount {
  const read = paths.flatMap((path) => readName(pattern, path) ?? [])
  const images = read.filter(({ isMask }) => !isMask)
  const patients = new Set(images.map(({ id, session }) => JSON.stringify([id, session]))).size
  const kinds = new Set(images.map(({ role, phase }) => JSON.stringify([role, phase]))).size
  return {
    pattern,
    text: writePattern(pattern, images, paths),
    files: read.length,
    patients,
    roles: [...new Set(images.map(({ role }) => role))].sort(),
    filled: images.length === 0 ? 0 : images.length / (patients * kinds),
  }
}

/** Undefined where the name does not fit. */
export function readName(pattern: NamePattern, path: string): ReadName | undefined {
  if (pattern.id === 'BIDS') return readBids(path)
  const folders = path.split('/').slice(0, -1)
  const own = ownName(path)
  if (pattern.id === 'folder') {
    const id = folders.at(-pattern.above)
    if (id === undefined) return undefined
    // Many write the patient into the file's own name as well.
    const rest = own.toLowerCase().startsWith(id.toLowerCase()) ? own.slice(id.length) : own
    return readRole(id, rest)
  }
  const parts = own.split(separators)
  const places = [...own.matchAll(new RegExp(separators, 'g'))]
  if (pattern.parts >= parts.length || places.length < parts.length - 1) return undefined
  const cut = places[pattern.id === 'start' ? pattern.parts - 1 : places.length - pattern.parts]
  const [before, after] = [own.slice(0, cut.index), own.slice(cut.index + cut[0].length)]
  return pattern.id === 'start' ? readRole(before, after) : readRole(after, before)
}

/** `sub-<id>[_ses-<session>][_<key>-<value>...]_<suffix>`; a phase is `run-<number>`. */
function readBids(path: string): ReadName | undefined {
  const parts = ownName(path).split('_')
  const suffix = parts.at(-1)!
  const entities = new Map(parts.slice(0, -1).map((part) => part.split(/-(.*)/s, 2) as [string, string]))
  const id = entities.get('sub')
  if (id === undefined || suffix.includes('-') || !/^[a-z0-9]+$/i.test(suffix)) return undefined
  const isMask = /^(mask|dseg|probseg|roi)$/i.test(suffix)
  const [session, contrast, run] = ['ses', 'ce', 'run'].map((key) => entities.get(key))
  const role = isMask ? (entities.get('label') ?? entities.get('desc') ?? '') : `${suffix}${contrast === undefined ? '' : 'ce'}`
  return {
    id,
    role,
    isMask,
    ...(session !== undefined && { session }),
    ...(run !== undefined && { phase: Number(run) }),
  }
}

function readRole(id: string, rest: string): ReadName | undefined {
  const isMask = new RegExp(maskWords).test(rest)
  const bare = trim(rest.replace(maskWords, ''))
  const numbered = /^(.+?)[_\-. ](?:phase|ph|p|t)?(\d+)$/i.exec(bare) ?? /^(.*(?:dce|dyn|phase|ph))(\d+)$/i.exec(bare)
  const role = trim(numbered?.[1] ?? bare)
  if (trim(id) === '' || !/[a-z]/i.test(role)) return undefined
  return { id: trim(id), role, isMask, ...(numbered && { phase: Number(numbered[2]) }) }
}

function writePattern(pattern: NamePattern, images: readonly ReadName[], paths: readonly string[]): string {
  const endings = [...groupBy(paths, (path) => ending.exec(path)?.[0] ?? '').entries()].sort(
    ([, a], [, b]) => b.length - a.length,
  )
  const end = endings[0]?.[0] ?? ''
  const role = `{role}${images.some(({ phase }) => phase !== undefined) ? '_{phase}' : ''}`
  if (pattern.id === 'BIDS') return `sub-{id}_{role}${end}`
  if (pattern.id === 'folder') return `{id}/${'*/'.repeat(pattern.above - 1)}${role}${end}`
  return pattern.id === 'start' ? `{id}_${role}${end}` : `${role}_{id}${end}`
}

const ownName = (path: string) => path.split('/').at(-1)!.replace(ending, '')
const trim = (text: string) => text.replace(/^[_\-. ]+|[_\-. ]+$/g, '')
