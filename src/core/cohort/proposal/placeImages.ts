import { least } from '../../numeric/compare.ts'
import { groupBy } from '../../numeric/groupBy.ts'
import { patientFacts, placeName } from '../groupPatients.ts'
import type { Decision } from '../../study/study.ts'
import { decide, type Answer } from './decisions.ts'
import type { ListedImage } from './listedImage.ts'

/** A centre of an earlier import, and by what it is known again: one of its images, or what folders or headers call it. */
export interface KnownCentre {
  readonly id: string
  readonly image?: string
  readonly places?: readonly string[]
}

export interface Centre {
  /** `A`, `B` ...: never an institution's name. */
  readonly id: string
  /** As folders or headers call it: for the screen only. */
  readonly told: string
  /** What `told` is made of. */
  readonly places: readonly string[]
  readonly images: readonly string[]
}

/**
 * From which centre each image is: the folder that was given, where there are several, else institution, else scanner. Where there is more
 * than one, a person is asked, since equal IDs of two centres are two patients.
 * @param known centres of an earlier import keep their letters
 */
export function placeImages(
  images: readonly ListedImage[],
  answers: readonly Answer[],
  known: readonly KnownCentre[],
): {
  readonly centres: readonly Centre[]
  readonly centreOf: ReadonlyMap<string, string>
  readonly decisions: readonly Decision[]
} {
  const places = [...groupBy(images, placeOf).entries()].map(([place, own]) => ({ told: [place], ids: own.map(({ id }) => id) }))
  const joined = answers
    .filter(({ kind }) => kind === 'centres')
    .flatMap(({ groups }) => groups)
    .reduce((all, group) => joinPlaces(all, group), places)
    .map((place) => ({ ...place, least: least(place.ids) }))
    .sort((a, b) => (a.least < b.least ? -1 : 1))
  const taken = new Set<string>()
  const kept = joined.map(({ ids, told }) => {
    const own = new Set(ids)
    const isIt = ({ image, places: names = [] }: KnownCentre) =>
      (image !== undefined && own.has(image)) || names.some((name) => told.includes(name))
    const id = known.find((one) => isIt(one) && !taken.has(one.id))?.id
    if (id !== undefined) taken.add(id)
    return id
  })
  const reserved = new Set(known.map(({ id }) => id))
  let next = 0
  const nextFree = () => {
    while (reserved.has(letters(next))) next++
    return letters(next++)
  }
  const centres = joined.map(({ told, ids }, i) => ({
    id: kept[i] ?? nextFree(),
    told: [...told].sort().join(', '),
    places: told,
    images: ids.sort(),
  }))
  const groups = centres.map((centre) => centre.images)
  return {
    centres: centres.sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1)),
    centreOf: new Map(centres.flatMap(({ id, images: own }) => own.map((image) => [image, id] as const))),
    decisions:
      places.length < 2
        ? []
        : [
            decide(
              {
                kind: 'centres',
                about: places.map(({ ids }) => ids),
                options: [
                  { id: 'apart', groups },
                  { id: 'one', groups: [groups.flat().sort()] },
                ],
                proposed: 'apart',
              },
              answers,
            ),
          ],
  }
}

type Place = { readonly told: string[]; readonly ids: string[] }

function joinPlaces(places: Place[], group: readonly string[]): Place[] {
  const together = new Set(group)
  const [own, others] = [places.filter(({ ids }) => ids.some((id) => together.has(id))), places.filter(({ ids }) => !ids.some((id) => together.has(id)))] // prettier-ignore
  return own.length === 0 ? places : [...others, { told: own.flatMap(({ told }) => told), ids: own.flatMap(({ ids }) => ids) }]
}

function placeOf({ root, volume }: ListedImage): string {
  return root ?? placeName(patientFacts(volume.source.dicom ?? {}))
}

/** A, B ... Z, AA ... */
function letters(number: number): string {
  const last = String.fromCharCode(65 + (number % 26))
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last
}
