import { relative } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import type { ProposedStudy } from '../src/core/cohort/proposal/proposeStudy.ts'
import { studyRecords } from '../src/core/cohort/proposal/studyRecords.ts'
import type { StudyContents } from '../src/core/study/contents.ts'
import { namingWords, rareWords, wordsOfTexts } from '../src/core/study/freeText.ts'
import type { ActName } from '../src/core/study/journal.ts'
import { findNames, leavingStudy, nameOfFound } from '../src/core/study/leavingStudy.ts'
import type { RoleRule } from '../src/core/study/roles.ts'
import type { Patient, StudyImage } from '../src/core/study/study.ts'
import { unnamedStudy } from '../src/core/study/unnamedStudy.ts'
import type { NamedListing } from '../src/io/importing/nameImages.ts'
import type { SourceFile } from '../src/io/sourceFile.ts'
import { writeStudyFile, type WrittenStudy } from '../src/io/studyFile/writeStudyFile.ts'
import { studyReadme } from '../src/messages/en/studyReadme.ts'
import { say } from '../src/messages/say.ts'
import type { FoundClinical } from './clinicalOfStudy.ts'
import { readListedImage } from './readListedImage.ts'
import { writeResultStream } from './tableFiles.ts'

/** A file that was listed, and the folder that was given. */
export interface RootedFile {
  readonly file: SourceFile
  readonly root: string
}

export interface ImportToWrite {
  readonly study: ProposedStudy
  readonly listing: NamedListing
  /** That the listing counts. */
  readonly files: readonly RootedFile[]
  readonly rules: readonly RoleRule[]
  /** Null where no clinical table was given. */
  readonly known: FoundClinical | null
  /** With the voxels of the images that have a role. */
  readonly withImages: boolean
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

/**
 * Writes the study file of an import as the page writes that of a study on which nobody has drawn yet.
 * @returns what is in it, and how many rules are not, since they name somebody
 * @throws UsageError where it cannot be written; the signal's reason if it is aborted
 */
export async function writeImportedStudy(
  path: string,
  { study, listing, files, rules, known, withImages, onProgress, signal }: ImportToWrite,
): Promise<WrittenStudy & { readonly rulesLeftOut: number }> {
  const now = new Date()
  const headers = listing.images.map(({ volume }) => volume.source.dicom ?? {})
  const owners = new Map(study.images.map(({ id, label }) => [id, label]))
  const paths = listing.images.flatMap(({ id, files: own }) =>
    own.map((at) => ({ text: relative(files[at].root, files[at].file.path), patient: owners.get(id)! })),
  )
  const keys = study.patients.flatMap((patient) => patient.keys)
  const naming = new Set([...namingWords(headers), ...wordsOfTexts(keys), ...rareWords(paths)])
  const contents = withoutModels(contentsOf(study, listing, rules, known, now.getTime()), naming)
  const filesOf = new Map(listing.images.map(({ id, files: own }) => [id, own.map((at) => files[at].file)]))
  const written = await writeResultStream(path, (target) =>
    writeStudyFile(
      target,
      contents,
      {
        clinical: known,
        analysis: null,
        readMask: nothingDrawn,
        readResult: nothingDrawn,
        ...(withImages && { readImage: ({ id }: StudyImage) => readListedImage(id, filesOf.get(id)!, signal) }),
      },
      {
        naming,
        // What is left are words of the program's own: nobody has written any yet.
        confirmed: new Set(findNames(contents, naming).map(nameOfFound)),
        stays: { identities: keys.length, headers: headers.length },
        program: `texel ${packageJson.version}`,
        readme: studyReadme,
        say,
        now,
        onProgress,
        signal,
      },
    ),
  )
  const leaving = leavingStudy(contents, naming).leaving.study.rules
  return { ...written, rulesLeftOut: rules.length - leaving.length }
}

const nothingDrawn = () => Promise.reject(new Error('Nothing is drawn in a study that is imported.'))

/** The proposal as records. Nobody has taken it: what is doubtful waits, also where an answer is proposed. */
function contentsOf(
  proposed: ProposedStudy,
  listing: NamedListing,
  rules: readonly RoleRule[],
  known: FoundClinical | null,
  at: number,
): StudyContents {
  const who = { by: '', at }
  const newId = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex')
  const before = { patients: [], images: [] }
  const imported = studyRecords(proposed, listing.images, { roles: unnamedStudy.roles, before, newId, ...who }).patients
  const cohorts = new Map<string, string>(known?.freeze?.members)
  const patients = imported.map(({ patient }): Patient => {
    const [reason] = known?.excluded.get(patient.label) ?? []
    const exclusion = reason === undefined ? null : { reason, ...who }
    return { ...patient, cohort: cohorts.get(patient.label) ?? null, exclusion }
  })
  const freeze = known?.freeze ? { ...known.freeze, ...who } : null
  const acts: (readonly [ActName, string])[] = [
    ...patients.map(({ id }) => ['import-patient', id] as const),
    ['import-study', String(at)],
    ...(known ? [['take-clinical', 'taken'] as const] : []),
    ...patients.flatMap(({ id, exclusion }) => (exclusion ? [['exclude-patient', id] as const] : [])),
    ...(freeze
      ? ([
          ['plan-study', 'cohorts'],
          ['freeze-cohorts', freeze.hash],
        ] as const)
      : []),
  ]
  return {
    study: { ...unnamedStudy, rules, cohorts: freeze && freeze.plan, freeze },
    patients,
    images: imported.flatMap(({ images }) => images),
    decisions: proposed.decisions,
    regions: [],
    tables: [],
    journal: acts.map(([act, subject], i) => ({ seq: i + 1, at, act, subject })),
  }
}

/** A batch is called by the model of its scanner, which leaves only where the images may tell it. */
function withoutModels(contents: StudyContents, naming: ReadonlySet<string>): StudyContents {
  const { images } = leavingStudy(contents, naming).leaving
  const leaving = new Set(images.map(({ technical }) => technical.ManufacturerModelName))
  const nameBatch = (batch: string) =>
    batch.split(' / ').filter((part, i) => i !== 1 || leaving.has(part) || isProtocol(part)).join(' / ') // prettier-ignore
  return { ...contents, patients: contents.patients.map((patient) => ({ ...patient, batch: nameBatch(patient.batch) })) }
}

/** A part of a batch's name that is made of numbers, where its scanner has no model. */
const isProtocol = (part: string) => /^(TR|TE|[\d.]+ (T$|x))/.test(part)
