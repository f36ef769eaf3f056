import { z } from '../../core/messages/zod.ts'
import type { StudyContents, TravellingRegion } from '../../core/study/contents.ts'
import type { JournalLine } from '../../core/study/journal.ts'
import type { Grid } from '../../core/image/volume.ts'
import type { PixelType } from '../../core/numeric/voxelArray.ts'
import { box, direction, lesion, patient, studyImage, triple } from '../../core/study/recordSchemas.ts'
import type { Decision, Study } from '../../core/study/study.ts'
import { refuse } from './messages.ts'
import { parseStudyJson } from './parseStudyJson.ts'

/*
 * The records of a study as the program reads them again; the tables beside them tell the same to people and other programs. What is not
 * named in these schemas is neither written nor read.
 */

const condition = z.union([
  z.object({ field: z.string(), is: z.string() }),
  z.object({ field: z.string(), contains: z.string() }),
  z.object({ field: z.string(), words: z.array(z.string()) }),
  z.object({ field: z.string(), between: z.tuple([bound(), bound()]) }),
])
/** JSON has no infinity: `formatJson` writes it as text. */
function bound() {
  return z.union([z.number(), z.literal(['Infinity', '-Infinity']).transform(Number)])
}

const cohortPlan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('centre'), training: z.array(z.string()) }),
  z.object({ kind: z.literal('date'), before: z.number() }),
  z.object({ kind: z.literal('split'), seed: z.number(), share: z.number() }),
])
const cohort = z.literal(['training', 'validation'])

/** Parameters stand in a file of their own, see `studyFiles.ts`. */
const study = z.object({
  id: z.string(),
  readers: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        blindTo: z.array(z.string()),
        rereads: z.string().exactOptional(),
      }),
    )
    .min(1),
  roles: z.array(
    z.object({
      id: z.string(),
      points: z.array(
        z.object({
          why: z.string(),
          points: z.number(),
          any: z.array(z.array(condition)),
          otherwise: z.number().exactOptional(),
        }),
      ),
      names: z.array(z.string()),
      phase: z.literal(['first', 'peak']).exactOptional(),
    }),
  ),
  rules: z.array(z.object({ when: z.array(condition), role: z.string().nullable(), by: z.string(), at: z.number() })),
  rereading: z
    .object({
      seed: z.number(),
      from: z.literal(['training', 'all']),
      patients: z.array(z.string()),
      at: z.number(),
      drawnBefore: z.number(),
    })
    .nullable(),
  tasks: z.array(
    z.object({
      id: z.string(),
      variable: z.string(),
      positive: z.array(z.string()),
      negative: z.array(z.string()),
    }),
  ),
  inclusion: z.object({ mostDaysToSurgery: z.number(), phases: z.number() }),
  cohorts: cohortPlan.nullable(),
  freeze: z
    .object({
      plan: cohortPlan,
      members: z.array(z.tuple([z.string(), cohort])),
      hash: z.string(),
      by: z.string(),
      at: z.number(),
      thawedBefore: z.number(),
    })
    .nullable(),
  thaws: z.number(),
  parameters: z.object({ name: z.string(), yaml: z.string() }).nullable(),
})

const decision: z.ZodType<Decision> = z.object({
  id: z.string(),
  kind: z.literal(['centres', 'sameIdOtherPerson', 'sameIdOtherPlace', 'equalNames', 'untold', 'visit', 'sameUids', 'dce', 'order', 'role']), // prettier-ignore
  role: z.string().exactOptional(),
  subjects: z.array(z.string()),
  options: z.array(z.object({ id: z.string(), groups: z.array(z.array(z.string())), score: z.number().exactOptional() })),
  proposed: z.string().nullable(),
  chosen: z.object({ option: z.string(), by: z.string(), at: z.number() }).nullable(),
})

const progress = z.literal(['empty', 'inProgress', 'complete', 'locked'])

/** A region and where its voxels lie in the file. */
export type FiledRegion = TravellingRegion & { readonly file: string }

export const withoutFile = ({ file: _, ...region }: FiledRegion): TravellingRegion => region

const region: z.ZodType<FiledRegion> = z.object({
  label: z.string(),
  image: z.string(),
  reader: z.string(),
  lesion,
  size: triple,
  grid: z.object({ spacingMm: triple, originMm: triple, direction }).exactOptional(),
  progress,
  readerName: z.string(),
  changedAt: z.number(),
  savedAt: z.number(),
  voxelCount: z.int().positive(),
  volumeCm3: z.number(),
  maskHash: z.string().regex(/^[0-9a-f]{64}$/),
  box,
  file: z.string(),
})

const pixelTypes = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'float32',
  'float64',
] as const satisfies readonly PixelType[]

/** An image whose voxels lie in the file. */
export interface FiledImage {
  /** Of its record. */
  readonly image: string
  readonly file: string
  /** See `VolumeIdentity`. */
  readonly content: string
  readonly pixelType: PixelType
  readonly grid: Grid
}

const filedImage: z.ZodType<FiledImage> = z.object({
  image: z.string(),
  file: z.string(),
  content: z.string(),
  pixelType: z.literal(pixelTypes),
  grid: z.object({ size: triple, spacingMm: triple, originMm: triple, direction }),
})

const records = z.object({
  study,
  patients: z.array(patient),
  images: z.array(studyImage),
  decisions: z.array(decision),
  regions: z.array(region),
  imageFiles: z.array(filedImage).default([]),
})

export interface FiledRecords extends Pick<StudyContents, 'study' | 'patients' | 'images' | 'decisions'> {
  readonly regions: readonly FiledRegion[]
  readonly imageFiles: readonly FiledImage[]
}

/** @param parametersYaml what the study computes, as a parameter file */
export function formatRecords(
  { study: { parameters, ...rest }, patients, images, decisions, regions, imageFiles }: FiledRecords,
  parametersYaml: string,
): string {
  const all = {
    study: { ...rest, parameters: parameters && { name: parameters.name, yaml: parametersYaml } },
    patients,
    images,
    decisions,
    regions,
    imageFiles,
  }
  // The schema drops what it does not name.
  const leaving = records.parse(JSON.parse(JSON.stringify(all, withInfinities)))
  return `${JSON.stringify(leaving, withInfinities, 1)}\n`
}

const withInfinities = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isNaN(value) && !Number.isFinite(value) ? String(value) : value

/** @throws DataError if it is no file of records */
export async function parseRecords(text: string): Promise<FiledRecords> {
  // Most studies have no parameters of their own: their parser is loaded when it is needed.
  const { study: read, ...rest } = parseStudyJson('study-records', text, records)
  const { parameters, ...about } = read
  const { parseParameterFile } = await import('../records/parameterFile.ts')
  const values = parameters && { name: parameters.name, values: parseParameterFile(parameters.yaml) }
  return { ...rest, study: { ...about, parameters: values } satisfies Study }
}

const journalLine = z.object({
  seq: z.int().positive(),
  at: z.number(),
  act: z.string() as unknown as z.ZodType<JournalLine['act']>,
  subject: z.string(),
  progress: progress.nullable().exactOptional(),
  reason: z.string().exactOptional(),
})

/** A line an act. */
export const formatJournal = (lines: readonly JournalLine[]): string =>
  lines.map((line) => `${JSON.stringify(journalLine.parse(line))}\n`).join('')

/** @throws DataError if a line is none */
export function parseJournal(text: string): readonly JournalLine[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => parseStudyJson('journal', line, journalLine))
}

const about = z.object({ format: z.int(), program: z.string(), kind: z.string() })

/** The layout of study files. */
export const format = 1

/** What a study file says of itself. */
export interface AboutFile {
  readonly program: string
  readonly counts: Readonly<Record<'patients' | 'images' | 'regions' | 'tables', number>>
  readonly contents: readonly string[]
}

const aboutOfThisFormat = z.object({
  program: z.string(),
  counts: z.object({ patients: z.int(), images: z.int(), regions: z.int(), tables: z.int() }),
  contents: z.array(z.string()),
})

/**
 * @param hasRecords whether the file has those of a study
 * @throws DataError if it is no such file, or of a later version of the program, or of an earlier one that wrote proposals alone
 */
export function parseAbout(text: string, hasRecords: boolean): AboutFile {
  const { format: found, program } = parseStudyJson('texel-study', text, about)
  if (found > format) throw refuse('newer-study-file', { format: found, program })
  if (!hasRecords) throw refuse('import-alone', {})
  return parseStudyJson('texel-study', text, aboutOfThisFormat)
}
