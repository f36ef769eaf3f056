import type { Say } from '../../core/messages/message.ts'
import { namesSomebody } from '../../core/study/freeText.ts'
import type { RoleRule } from '../../core/study/roles.ts'
import { formatJson } from '../records/formatJson.ts'

/** A file of a study file. */
export interface StudyPart {
  readonly name: string
  readonly text: string
}

/** Rules as `texel study --import --rules` reads them, without those that name somebody. @param naming see `namingWords` */
export function formatRules(
  rules: readonly RoleRule[],
  naming: ReadonlySet<string>,
  say: Say,
): { readonly text: string; readonly leftOut: number } {
  const kept = rules.filter(({ when }) => when.every((one) => !namesSomebody(JSON.stringify(one), naming)))
  const text = formatJson(
    kept.map(({ when, role, at }) => ({ when, role, at })),
    say,
  )
  return { text, leftOut: rules.length - kept.length }
}
