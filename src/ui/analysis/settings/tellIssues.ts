import type { z } from '../../../core/messages/zod.ts'
import { explainIssue } from '../../../core/protocol/explainIssue.ts'
import { say } from '../../../messages/say.ts'
import '../../../messages/sayAnalysis.ts'
import { methodNames, modelFields, selectionFields } from './stepFields.ts'

/** What the protocol's rules refuse: setting, what it may be, and what it was to become. */
export function tellIssues(issues: readonly z.core.$ZodIssue[], given: unknown): string {
  return issues.map((issue) => `${nameSetting(issue.path, given)}: ${say(explainIssue(issue, given))}${tellFound(issue.path, given)}.`).join(' ') // prettier-ignore
}

/** As the form calls it, of which step. */
function nameSetting(path: readonly PropertyKey[], given: unknown): string {
  const [part, at, key] = path
  if (path.length < 2) return part === 'models' ? 'Models' : path.join('.')
  const method = (valueAt(path.slice(0, 2), given) as { method?: keyof typeof methodNames } | undefined)?.method
  if (typeof at !== 'number' || method === undefined) return path.join('.')
  const fields = { ...selectionFields, ...modelFields }[method]
  const field = fields.find((one) => one.key === key)
  return field ? `${methodNames[method]}, ${field.label}` : path.join('.')
}

function tellFound(path: readonly PropertyKey[], given: unknown): string {
  const value = valueAt(path, given)
  return value === undefined || (Array.isArray(value) && value.length === 0) ? '' : `, not ${JSON.stringify(value)}`
}

const valueAt = (path: readonly PropertyKey[], given: unknown): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key], given)
