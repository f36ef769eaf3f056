import { z } from '../../core/messages/zod.ts'
import { answerTo, type Answer } from '../../core/cohort/proposal/decisions.ts'
import type { RoleRule } from '../../core/study/roles.ts'
import type { DecisionKind } from '../../core/study/study.ts'
import { refuse } from './messages.ts'
import { parseStudyJson } from './parseStudyJson.ts'

const condition = z.union([
  z.strictObject({ field: z.string(), is: z.string() }),
  z.strictObject({ field: z.string(), contains: z.string().min(1) }),
  z.strictObject({ field: z.string(), words: z.array(z.string()).min(1) }),
  z.strictObject({ field: z.string(), between: z.tuple([z.number(), z.number()]) }),
])

const rules = z.array(
  z.strictObject({
    when: z.array(condition).min(1),
    role: z.string().nullable(),
    by: z.string().default(''),
    at: z.number().default(0),
  }),
)

const kinds = ['centres', 'sameIdOtherPerson', 'sameIdOtherPlace', 'equalNames', 'untold', 'visit', 'sameUids', 'dce', 'order', 'role'] as const satisfies readonly DecisionKind[] // prettier-ignore

const decisions = z.array(
  z.object({
    id: z.string(),
    kind: z.enum(kinds),
    role: z.string().optional(),
    subjects: z.array(z.string()).min(1),
    options: z.array(z.object({ id: z.string(), groups: z.array(z.array(z.string())) })),
    proposed: z.string().nullable(),
    chosen: z.string().nullable(),
  }),
)

/** @throws DataError if it is no `rules.json` */
export function readRules(text: string): readonly RoleRule[] {
  return parseStudyJson('rules', text, rules)
}

/** What was chosen. @throws DataError if it is no `decisions.json`, or an option is chosen that is not there */
export function readAnswers(text: string): readonly Answer[] {
  return parseStudyJson('decisions', text, decisions).flatMap(({ role, chosen: option, ...decision }) => {
    if (option === null) return []
    if (!decision.options.some(({ id }) => id === option)) throw refuse('no-such-option', { id: decision.id, option })
    return [answerTo({ ...decision, ...(role !== undefined && { role }), chosen: null }, { option, by: '', at: 0 })]
  })
}
