import type { NumberRange, SettingType } from '../../core/parameters/profiles/pyradiomics/generalSettings.ts'
import type { FoundNode, RecordedFile, RecordsMessages } from '../../io/records/messages.ts'
import type { Sentences } from '../sentences.ts'

export const records: Sentences<RecordsMessages> = {
  'model-no-json': ({ path, words }) => `${path} is no JSON: ${words}`,
  'model-later': ({ path, version }) =>
    `${path} was written by a later Texel (version ${version} of the format; this one reads 1 and 2).`,
  'model-without-hash': ({ path }) =>
    `${path} does not end with the check sum (sha256) of its content: it is cut off, or another program wrote it anew. Take the file as Texel wrote it.`,
  'model-changed': ({ path }) =>
    `${path} was changed or damaged after it was written: its check sum (sha256) is not that of its content. It is not used; take the file as Texel wrote it.`,
  'model-no-object': ({ path }) => `${path} is no model of Texel's: an object was expected.`,
  'model-invalid': ({ path, problems }) =>
    [`${path} is no model of Texel's:`, ...problems.map(({ field, words }) => `  ${field ?? 'file'}: ${words}`)].join('\n'),
  'model-lengths': ({ path, field, found, expected }) => `${path}: ${field} has ${found} values where ${expected} were expected.`,
  'onnx-no-column': ({ name }) => `${name} looks at no feature, and says the same of everybody: there is no ONNX file of it.`,
  'combat-no-json': ({ path, words }) => `${path} is no JSON: ${words}.`,
  'combat-invalid': ({ path, field, words }) => `${path} is no ComBat model: ${field ?? 'the file'}: ${words}.`,
  'combat-lengths': ({ path, columns, found }) =>
    `${path} is no whole ComBat model: it has ${columns} columns and a list of ${found}.`,
  'run-no-json': ({ path, words }) => `${path} is no JSON: ${words}`,
  'run-invalid': ({ path, field, words }) => `${path} is no record of a run of this Texel: ${field ?? 'the file'}: ${words}.`,
  'protocol-no-yaml': ({ path, problems }) =>
    problems.map(({ line, words }) => `${path}, line ${line}: ${words}. A protocol is a YAML file, as “Save the protocol” and texel protocol write it.`).join('\n'), // prettier-ignore
  'protocol-no-settings': ({ path }) =>
    `${path} holds no settings. A protocol is a YAML file of names and values, as “Save the protocol” and texel protocol write it.`,
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
  'record-no-json': ({ path, words }) => `${path} is no JSON: ${words}.`,
  'record-invalid': ({ path, field, words }) =>
    `${path} is no record of a stage of this Texel: ${field ?? 'the file'}: ${words}.`,
  'record-number': ({ path, text }) => `${path} holds ${JSON.stringify(text)}, which stands for nothing.`,
  'parameters-invalid': ({ problems }, say) =>
    problems.map(({ line, path, problem }) => `Line ${line}${path && `, ${path}`}: ${say(problem)}`).join('\n'),
  'parameters-empty': () => 'The file is empty. Write {} for the defaults, or start from the study’s file.',
  'yaml-invalid': ({ words }) => `Not valid YAML: ${words}`,
  'yaml-same-name': () => 'The same name stands twice in one section; remove one of them.',
  'yaml-documents': () => 'Expected one document, found another behind "---".',
  'voxel-maps': () => 'Voxel-based maps are not computed here, only features of whole regions. Remove this section.',
  'voxel-setting': () => 'Unknown setting. It belongs to voxel-based maps, which are not computed here.',
  'setting-outside': ({ name }) => `${name} is a setting: indent it under "setting:".`,
  unknown: ({ what, ...among }) => `Unknown ${what}.${suggest(among)}`,
  'both-bins': ({ size, count }) => `${size} and ${count} are both set: choose one, and write null for the other.`,
  'filters-no-list': ({ found }) =>
    `Expected a list of filters such as [{ kind: mean, width: 5 }], found ${nameFound(found)}. Leave the section out to measure the image itself.`,
  'same-filter': () => 'The same filter stands in the list twice; remove one of them.',
  'option-missing': ({ type }) => `No value: write ${nameType(type)}.`,
  'shape-of-responses': () =>
    'Nothing would be measured: morphology is the region’s and is measured with the image itself. Add { kind: none } to the filters, or another family.',
  'names-no-list': ({ example, found }) => `Expected a list of names such as [${example}], found ${nameFound(found)}.`,
  'profile-by-command': () =>
    'This file names a profile. Features by the IBSI are measured by the command line: texel extract --params with this file.',
  'range-order': () => 'The lower end of the range must come first and be below the upper one.',
  'features-no-list': ({ example, found }) =>
    `Expected a list of features such as [${example}], or nothing for all; found ${nameFound(found)}.`,
  'no-feature': ({ featureClass, given, ...among }) =>
    `${featureClass} has no feature "${typeof given === 'string' ? given : nameFound(given)}".${suggest(among)}`,
  'not-of-type': ({ type, found }) => `Expected ${nameType(type)}, found ${nameFound(found)}.`,
  'not-of-type-in-list': ({ type, found }) => `Expected ${nameType(type)}, found ${nameFound(found)} in the list.`,
  'list-length': ({ type, found }) => `Expected ${nameType(type)}, found ${found} numbers.`,
  'no-interpolator': ({ found }) => `Expected a name such as sitkBSpline or a number from 1 to 10, found ${nameFound(found)}.`,
  'continuous-wavelet': ({ name }) =>
    `"${name}" is a continuous wavelet; splitting an image needs a discrete one, such as coif1.`,
  'no-choice': ({ found, ...among }) => `${nameFound(found)} is not a choice here.${suggest(among)}`,
  'null-used': ({ type, default: otherwise }) =>
    `No value: PyRadiomics takes null in the file but fails when it computes. Write ${nameType(type)}, or leave the line out for ${otherwise}.`,
  'no-map': ({ found }) => `Expected names with values ("name: value"), found ${nameFound(found)}. Write {} for none.`,
  'name-no-word': () => 'A name must be a word, not a list or map.',
}

const foundWords = { nothing: 'nothing', null: 'null', list: 'a list', map: 'a map', else: 'something else' }

function nameFound(found: FoundNode): string {
  if (found.kind === 'value') return found.written
  if (found.kind !== 'text') return foundWords[found.kind]
  return `the text "${found.text}"${/^(yes|no|on|off|y|n)$/i.test(found.text) ? ' (write true or false)' : ''}`
}

function nameType(type: SettingType): string {
  switch (type.kind) {
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${type.choices.length > 20 ? `${type.choices.slice(0, 5).join(', ')} ...` : type.choices.join(', ')}`
    case 'list': {
      const count = type.lengths ? `${type.lengths.join(' or ')} ` : ''
      return `a list of ${count}${type.of === 'integer' ? 'whole numbers' : 'numbers'}${nameRange(type)}`
    }
    default:
      return `a ${type.kind === 'integer' ? 'whole number' : 'number'}${nameRange(type)}`
  }
}

function nameRange({ minimum, above, maximum }: NumberRange): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of at least ${minimum}`
  return above === undefined ? '' : ` greater than ${above}`
}

function suggest({ near, known }: { readonly near: string | null; readonly known: readonly string[] }): string {
  if (near !== null) return ` Did you mean ${near}?`
  return known.length <= 20 ? ` Known: ${known.join(', ')}.` : ''
}

function show(value: unknown): string {
  return value === undefined ? '(not there)' : JSON.stringify(value)
}

function nameFile({ file, sha256 }: RecordedFile): string {
  return `${file} ${sha256.slice(0, 12)}`
}
