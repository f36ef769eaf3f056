import { z } from '../../core/messages/zod.ts'
import { refuse } from './messages.ts'

export const runRecordName = 'run.json'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A path below the folder: a record must not have other files taken away. */
const fileName = z.string().refine((name) => !/^([/\\]|[a-zA-Z]:)/.test(name) && !name.split(/[/\\]/).includes('..'), 'a path below the folder was expected') // prettier-ignore

const input = z.object({
  /** What it is for: features, clinical, protocol. */
  role: z.string(),
  /** Without its folder. */
  file: z.string(),
  bytes: z.number(),
  sha256,
})

const look = z.object({
  cohort: z.string(),
  patients: z.number(),
  idsSha256: sha256,
  first: z.object({ at: z.string(), protocolSha256: sha256 }),
  looks: z.int().min(1),
  protocolChanges: z.int().min(0),
})

const schema = z.object({
  format: z.literal('texel run'),
  version: z.literal(1),
  /** What makes its figures worthless, or may. */
  warnings: z.array(z.string()).optional(),
  texel: z.string(),
  /** Of the WebAssembly that computed; earlier versions did not write it down. */
  engine: sha256.optional(),
  /** What the features equal that Texel measured; null where it read them from a table. */
  extracted: z.object({ to: z.string(), relative: z.number(), absoluteWhereCancelling: z.number() }).nullish(),
  /** How often cohorts were fixed and thawed again before; null where that is not known. */
  thaws: z.int().min(0).nullish(),
  /** How those who were judged were told apart from those who learnt; null where that is not known. */
  cohortsBy: z.enum(['centre', 'date', 'split']).nullish(),
  command: z.string(),
  /** ISO 8601, in UTC. */
  startedAt: z.string(),
  endedAt: z.string(),
  inputs: z.array(input),
  protocol: z.unknown(),
  protocolSha256: sha256,
  seeds: z.record(z.string(), z.number()),
  workers: z.number(),
  /** Of every validation cohort that this run or one before it judged. */
  looks: z.array(look),
  /** The run that this one says it follows. */
  after: z.object({ startedAt: z.string(), protocolSha256: sha256 }).optional(),
  /** Paths below the folder, of everything that was written beside this record. */
  files: z.array(z.object({ name: fileName, sha256 })),
})

/** How the files of a folder came about. */
export type RunRecord = z.infer<typeof schema>
export type RunInput = z.infer<typeof input>

export function formatRunRecord(record: RunRecord): string {
  return `${JSON.stringify(record, null, 1)}\n`
}

/** @throws DataError when it is none, or of a later version */
export function parseRunRecord(text: string, path: string): RunRecord {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw refuse('run-no-json', { path, words: (cause as Error).message }, { cause })
  }
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw refuse('run-invalid', { path, field: issue.path.join('.') || null, words: issue.message })
}
