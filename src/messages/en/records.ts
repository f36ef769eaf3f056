import type { RecordedFile, RecordsMessages } from '../../io/records/messages.ts'
import type { Sentences } from '../sentences.ts'

export const records: Sentences<RecordsMessages> = {
  'model-no-json': ({ path, words }) => `${path} is no JSON: ${words}`,
  'model-later': ({ path, version }) =>
    `${path} was written by a later Texel (version ${version} of the format; this one reads 1).`,
  'model-no-object': ({ path }) => `${path} is no model of Texel's: an object was expected.`,
  'model-invalid': ({ path, problems }) =>
    [`${path} is no model of Texel's:`, ...problems.map(({ field, words }) => `  ${field ?? 'file'}: ${words}`)].join('\n'),
  'model-lengths': ({ path, field, found, expected }) => `${path}: ${field} has ${found} values where ${expected} were expected.`,
  'combat-no-json': ({ path, words }) => `${path} is no JSON: ${words}.`,
  'combat-invalid': ({ path, field, words }) => `${path} is no ComBat model: ${field ?? 'the file'}: ${words}.`,
  'combat-lengths': ({ path, columns, found }) =>
    `${path} is no whole ComBat model: it has ${columns} columns and a list of ${found}.`,
  'run-no-json': ({ path, words }) => `${path} is no JSON: ${words}`,
  'run-invalid': ({ path, field, words }) => `${path} is no record of a run of this Texel: ${field ?? 'the file'}: ${words}.`,
  'protocol-no-yaml': ({ path, problems }) => problems.map(({ line, words }) => `${path}, line ${line}: ${words}`).join('\n'),
  'protocol-invalid': ({ path, problems }, say) =>
    problems.map(({ line, problem }) => `${path}, line ${line}, ${say(problem)}`).join('\n'),
  'protocol-name': ({ name, near, known }) =>
    `${name}: unknown name; ${near === null ? `known are ${known.join(', ')}.` : `did you mean ${near}?`}`,
  'protocol-value': ({ field, problem, found }, say) =>
    `${field ?? 'the file'}: ${say(problem)}; ${found === null ? 'it is missing' : `found ${found}`}.`,
  'same-protocol': ({ startedAt }) => `The protocol is that of the run of ${startedAt}.`,
  'protocol-changed': ({ startedAt, changes }) =>
    `Since the run of ${startedAt} the protocol changed in ${changes.length} ${changes.length === 1 ? 'place' : 'places'}: ${changes.map(({ key, old, now }) => `${key} ${show(old)} → ${show(now)}`).join('; ')}.`,
  'same-tables': () => 'The tables are the same.',
  'tables-changed': ({ tables }) =>
    `These tables changed: ${tables.map(({ role, old, now }) => `${role} (${nameFile(old)} → ${nameFile(now)})`).join('; ')}.`,
  'texel-changed': ({ old, now }) => `Texel changed: ${old} → ${now}.`,
  'cohort-looked-at': ({ cohort, at, protocolSha256, looks, protocolChanges }) =>
    `The cohort ${cohort} was first judged at ${at} by the protocol ${protocolSha256.slice(0, 12)}; looks until now: ${looks}, protocol changes between them: ${protocolChanges}.`,
}

function show(value: unknown): string {
  return value === undefined ? '(not there)' : JSON.stringify(value)
}

function nameFile({ file, sha256 }: RecordedFile): string {
  return `${file} ${sha256.slice(0, 12)}`
}
