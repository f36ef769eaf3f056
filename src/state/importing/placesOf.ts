import type { ProposedStudy } from '../../core/cohort/proposal/proposeStudy.ts'
import { nameNumbered } from '../../core/image/volumeNames.ts'
import { groupBy } from '../../core/numeric/groupBy.ts'
import { randomId } from '../../storage/newPatient.ts'
import type { FileRef, KeptFolderLink, KeptLink, KeptPlace } from '../../storage/schema.ts'
import { tellApart } from '../imageNames.ts'
import { nameOf, type NamedFile } from '../images.ts'
import type { ListedFiles, ListedImageOfFiles } from '../studyImport.ts'

/** Where the images of a study lie, and what they are called there. */
export interface Places {
  readonly places: readonly KeptPlace[]
  /** Folders that the browser may be allowed to read again. */
  readonly links: readonly KeptLink[]
}

/**
 * @param study tells images of a patient apart; where it is missing they keep their names
 * @param known links that there are already: the same folder is linked once
 */
export async function placesOf(
  { images }: ListedFiles,
  study: ProposedStudy | undefined,
  known: readonly KeptLink[],
): Promise<Places> {
  const roots = new Set(images.flatMap(({ files }) => files.flatMap(({ root }) => root ?? [])))
  const links = new Map<FileSystemDirectoryHandle, KeptFolderLink>()
  for (const handle of roots) links.set(handle, await linkOf(handle, known))
  const names = nameWithin(images, study)
  return {
    links: [...links.values()],
    places: images.map(({ id, files, volume }): KeptPlace => {
      const link = files[0]?.root && links.get(files[0].root)
      return {
        image: id,
        name: names.get(id) ?? nameOf(volume),
        ...(link && { link: link.id, files: files.map(referTo) }),
      }
    }),
  }
}

async function linkOf(handle: FileSystemDirectoryHandle, known: readonly KeptLink[]): Promise<KeptFolderLink> {
  for (const link of known) if (!link.kind && (await link.handle.isSameEntry(handle))) return link
  return { id: randomId(), name: handle.name, handle }
}

function referTo({ path, file }: NamedFile): FileRef {
  return { path, size: file.size, lastModified: file instanceof File ? file.lastModified : 0 }
}

/** Names unlike any other image's of the patient. */
function nameWithin(images: readonly ListedImageOfFiles[], study: ProposedStudy | undefined): ReadonlyMap<string, string> {
  const byId = new Map(images.map((image) => [image.id, image]))
  const phasesOf = new Map(study?.patients.map(({ label, dce }) => [label, dce?.phases.length ?? 0]))
  return new Map(
    [...groupBy(study?.images ?? [], ({ label }) => label)].flatMap(([label, own]) => {
      const names = tellApart(
        own.map(({ id, phase }) => {
          const { volume, files } = byId.get(id)!
          const number = volume.source.dicom?.SeriesNumber?.trim()
          const name = nameOf(volume)
          return {
            name: phase === undefined || volume.source.phase ? name : `${name}, ${nameNumbered('phase', phase + 1, phasesOf.get(label)!)}`,
            hints: [number ? `series ${number}` : '', files[0].path],
          }
        }),
        (name, hint) => `${name}, ${hint}`,
      ) // prettier-ignore
      return own.map(({ id }, i) => [id, names[i]] as const)
    }),
  )
}
