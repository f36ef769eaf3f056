import { z } from '../messages/zod.ts'
import { timeSources } from '../image/volumeTiming.ts'
import type { Message } from '../messages/message.ts'
import type { LesionId, Patient, StudyImage } from './study.ts'
import { technicalKeys } from './technical.ts'

/*
 * How records of a study are checked where they come from elsewhere: from an earlier version, another place of the browser, or a file.
 * What is not named here is dropped.
 */

export const triple = z.tuple([z.number(), z.number(), z.number()])
export const box = z.object({ lower: triple, upper: triple })
export const direction = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]) // prettier-ignore
export const message: z.ZodType<Message> = z.object({
  step: z.string(),
  code: z.string(),
  values: z.record(z.string(), z.unknown()),
})
export const lesion: z.ZodType<LesionId> = z.templateLiteral(['L', z.int().positive()])

export const patient: z.ZodType<Patient> = z.object({
  id: z.string(),
  label: z.string(),
  lesions: z.array(
    z.object({
      id: lesion,
      name: z.string().exactOptional(),
      isIndex: z.literal(true).exactOptional(),
      deletedAt: z.number().exactOptional(),
    }),
  ),
  centre: z.string(),
  batch: z.string(),
  cohort: z.string().nullable(),
  exclusion: z.object({ reason: z.string(), by: z.string(), at: z.number() }).nullable(),
  flag: z.string().nullable(),
  note: z.string(),
  dce: z
    .object({
      phases: z.array(z.object({ image: z.string(), timeS: z.number() })),
      timesFrom: z.literal([...timeSources, 'order']),
      proved: z.boolean(),
      injectionS: z.number(),
      injectionProved: z.boolean(),
      warnings: z.array(message),
      peak: z.int().nullable(),
      curve: z.literal(['I', 'II', 'III']).nullable(),
    })
    .nullable(),
})

/** Of a study's images, without their voxels. Nothing of it tells who the patient is: what a header says is taken by a list. */
export const studyImage: z.ZodType<StudyImage> = z.object({
  id: z.string(),
  patient: z.string(),
  role: z.string().nullable(),
  roleFrom: z.literal(['dce', 'person', 'rule', 'name', 'score']),
  grid: z.object({ size: triple, spacingMm: triple, originMm: triple, direction }),
  technical: z.partialRecord(z.literal(technicalKeys), z.string()),
  content: z.string().nullable(),
})
