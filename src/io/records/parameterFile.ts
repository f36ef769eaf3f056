import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type YAMLMap } from 'yaml'
import { findIdleRequests } from '../../core/parameters/profiles/pyradiomics/idleRequests.ts'
import { featureClassNames, type FeatureClassName, type FeatureClassRequest } from '../../core/features/featureClasses.ts'
import { featureDefinitions } from '../../core/features/registry.ts'
import { formatPythonFloat } from '../../core/numeric/pythonNumber.ts'
import {
  numberedInterpolators,
  type NumberRange,
  type SettingType,
} from '../../core/parameters/profiles/pyradiomics/generalSettings.ts'
import { imageTypeNames, type ImageTypeName, type LoGSigma } from '../../core/parameters/profiles/pyradiomics/imageTypes.ts'
import type {
  ExtractionParameters,
  ExtractionSettings,
  ImageTypeRequest,
} from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import {
  defaultSettings,
  isSettingUsed,
  settingsHelp,
  type SettingName,
} from '../../core/parameters/profiles/pyradiomics/settingsHelp.ts'
import { nearestName } from '../tables/nearestName.ts'
import studyParameters from './studyParameters.yaml?raw'
import { DataError, type Message } from '../../core/messages/message.ts'
import { tell } from '../../core/parameters/messages.ts'

/** The study's parameter file, comments included: the built-in default (1502 features). */
export const studyParameterFile: string = studyParameters

export interface ParameterProblem {
  /** Counted from 1. */
  readonly line: number
  /** Keys from the top, e.g. `setting.binWidth`; empty for the file as a whole. */
  readonly path: string
  readonly message: Message | string
}

/** Everything that is wrong with a parameter file, in the order of its lines. */
export class ParameterFileError extends DataError {
  readonly problems: readonly ParameterProblem[]
  /** Of the first problem. */
  readonly line: number
  readonly path: string

  constructor(problems: readonly [ParameterProblem, ...ParameterProblem[]]) {
    super(tell('file', { problems }))
    this.problems = problems
    this.line = problems[0].line
    this.path = problems[0].path
  }
}

/**
 * Reads a PyRadiomics 3.0.1 parameter file (YAML 1.2 or JSON; `%YAML 1.1` is obeyed).
 *
 * Names, ranges and types are those of PyRadiomics's schema. Missing or empty `featureClass` is all classes, shape2D
 * included, by name; missing or empty `imageType` is Original. Refused besides what the schema refuses: `voxelSetting`,
 * continuous wavelets, and values that stop PyRadiomics when it computes (numbers in quotes, not finite ones, lists of a wrong
 * length, `null` where the setting is used). Taken besides: B-spline orders by SimpleITK's names (sitkBSpline1 to 5).
 * @throws ParameterFileError with all problems of the file.
 */
export function parseParameterFile(text: string): ExtractionParameters {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: true, prettyErrors: false })
  const reader = new ParameterReader(document, lines)
  const parameters = reader.read()
  const [first, ...rest] = reader.problems.toSorted((a, b) => a.line - b.line)
  if (first) throw new ParameterFileError([first, ...rest])
  return parameters
}

interface Entry {
  readonly key: string
  readonly value: Node | null
  readonly line: number
}

type Settings = { -readonly [Name in SettingName]?: ExtractionSettings[Name] }

/** One pass over the file; goes on after a problem to find the others. */
class ParameterReader {
  readonly problems: ParameterProblem[] = []
  /** Settings given as null that PyRadiomics cannot compute with, to be refused where they are used. */
  readonly #unset: {
    readonly name: SettingName
    readonly line: number
    readonly path: string
    readonly imageType?: ImageTypeName
  }[] = []
  readonly #document: Document
  readonly #lines: LineCounter

  constructor(document: Document, lines: LineCounter) {
    this.#document = document
    this.#lines = lines
  }

  read(): ExtractionParameters {
    const { errors, contents: top } = this.#document
    for (const { code, message, pos } of errors) this.#refuse(this.#lineAt(pos[0]), '', describeYamlError(code, message))
    const isEmpty = top === null || (isScalar(top) && top.value === null)
    if (isEmpty && errors.length === 0)
      this.#refuse(1, '', 'The file is empty. Write {} for the defaults, or start from the study’s file.')
    // What a broken file holds cannot be told; doubled names leave it readable.
    if (isEmpty || errors.some(({ code }) => code !== 'DUPLICATE_KEY')) {
      return { settings: defaultSettings, imageTypes: [], featureClasses: [] }
    }
    const sections = new Map(this.#entries(top, 1, '').map((entry) => [entry.key, entry]))
    for (const { key, line } of sections.values()) this.#checkSection(key, line)

    const settings: ExtractionSettings = { ...defaultSettings, ...this.#readSettings(sections.get('setting'), 'setting') }
    const imageTypes = this.#readImageTypes(sections.get('imageType'))
    const featureClasses = this.#readFeatureClasses(sections.get('featureClass'))
    this.#refuseUsedNulls(settings, imageTypes)
    const parameters = { settings, imageTypes, featureClasses }
    // A file with other problems may only seem to ask for nothing.
    for (const { section, name, reason } of this.problems.length > 0 ? [] : findIdleRequests(parameters)) {
      const { line, value } = sections.get(section)!
      const entry = this.#entries(value, line, section).find(({ key }) => key === name)!
      this.#refuse(entry.line, `${section}.${name}`, reason)
    }
    return parameters
  }

  #checkSection(key: string, line: number): void {
    if (key === 'setting' || key === 'imageType' || key === 'featureClass') return
    if (key === 'voxelSetting') {
      this.#refuse(line, key, 'Voxel-based maps are not computed here, only features of whole regions. Remove this section.')
    } else if (Object.hasOwn(settingsHelp, key)) {
      this.#refuse(line, key, `${key} is a setting: indent it under "setting:".`)
    } else {
      this.#refuse(line, key, `Unknown section.${suggest(key, ['setting', 'imageType', 'featureClass'])}`)
    }
  }

  #readImageTypes(section: Entry | undefined): ImageTypeRequest[] {
    const requests = section ? this.#entries(section.value, section.line, section.key) : []
    if (requests.length === 0) return [{ type: 'Original', overrides: {} }]
    return requests.flatMap((entry) => {
      const type = imageTypeNames.find((name) => name === entry.key)
      const path = `imageType.${entry.key}`
      if (type) return [{ type, overrides: this.#readSettings(entry, path, type) }]
      this.#refuse(entry.line, path, `Unknown image type.${suggest(entry.key, imageTypeNames)}`)
      return []
    })
  }

  #readFeatureClasses(section: Entry | undefined): FeatureClassRequest[] {
    const requests = section ? this.#entries(section.value, section.line, section.key) : []
    if (requests.length === 0) return [...featureClassNames].sort().map((name) => ({ name, features: 'all' }))
    return requests.flatMap((entry) => {
      const name = featureClassNames.find((known) => known === entry.key)
      if (name) return [{ name, features: this.#readFeatureNames(name, entry) }]
      this.#refuse(entry.line, `featureClass.${entry.key}`, `Unknown feature class.${suggest(entry.key, featureClassNames)}`)
      return []
    })
  }

  #readFeatureNames(featureClass: FeatureClassName, entry: Entry): 'all' | string[] {
    const path = `featureClass.${featureClass}`
    const known = featureDefinitions[featureClass].map(({ name }) => name)
    if (isNull(entry.value)) return 'all'
    if (!isSeq(entry.value)) {
      this.#refuse(
        entry.line,
        path,
        `Expected a list of features such as [${known[0]}], or nothing for all; found ${describe(entry.value)}.`,
      )
      return 'all'
    }
    const items = entry.value.items.map((item) => this.#resolve(item as Node | null))
    const names = items.map((item) => {
      const name = isScalar(item) ? String(item.value) : describe(item)
      if (!known.includes(name)) {
        this.#refuse(this.#lineOf(item, entry.line), path, `${featureClass} has no feature "${name}".${suggest(name, known)}`)
      }
      return name
    })
    return names.length === 0 ? 'all' : names
  }

  #readSettings(section: Entry | undefined, path: string, imageType?: ImageTypeName): Settings {
    const settings: Settings = {}
    if (!section) return settings
    for (const { key, value, line } of this.#entries(section.value, section.line, path)) {
      const here = `${path}.${key}`
      if (!Object.hasOwn(settingsHelp, key)) {
        const hint = voxelSettings.includes(key)
          ? ' It belongs to voxel-based maps, which are not computed here.'
          : suggest(key, Object.keys(settingsHelp))
        this.#refuse(line, here, `Unknown setting.${hint}`)
        continue
      }
      const name = key as SettingName
      const read = this.#readSetting(name, value, line, here, imageType)
      if (read !== undefined) Object.assign(settings, { [name]: read })
    }
    return settings
  }

  /** The setting's value; undefined if it was refused or is not set. */
  #readSetting(
    name: SettingName,
    value: Node | null,
    line: number,
    path: string,
    imageType?: ImageTypeName,
  ): ExtractionSettings[SettingName] | undefined {
    const { type, nullMeans } = settingsHelp[name]
    if (isNull(value)) {
      if (nullMeans === 'off') return null
      if (nullMeans === 'false') return false
      if (nullMeans === 'unset') return defaultSettings[name]
      if (nullMeans === 'refused') this.#refuse(line, path, `Expected ${describeType(type)}, found null.`)
      else this.#unset.push({ name, line, path, ...(imageType && { imageType }) })
      return undefined
    }
    const refuse = (reason = `Expected ${describeType(type)}, found ${describe(value)}.`, node: Node | null = value) => {
      this.#refuse(this.#lineOf(node, line), path, reason)
      return undefined
    }
    switch (type.kind) {
      case 'boolean':
        return isScalar(value) && typeof value.value === 'boolean' ? value.value : refuse()
      case 'integer':
      case 'number': {
        const number = readNumber(value)
        return number && fits(number, type.kind, type) ? number.value : refuse()
      }
      case 'choice':
        return this.#readChoice(name, value, type.choices, refuse)
      case 'list': {
        if (!isSeq(value)) return refuse()
        const items = value.items.map((item) => this.#resolve(item as Node | null))
        const numbers = items.map((item) => {
          const number = readNumber(item)
          if (number && fits(number, type.of, type)) return number
          return refuse(`Expected ${describeType(type)}, found ${describe(item)} in the list.`, item)
        })
        if (numbers.includes(undefined)) return undefined
        const read = numbers as PlainNumber[]
        const lengthFits = type.lengths?.includes(read.length) ?? (read.length > 0 || name === 'sigma')
        if (!lengthFits) return refuse(`Expected ${describeType(type)}, found ${read.length} numbers.`)
        return name === 'sigma' ? read.map(toSigma) : read.map((number) => number.value)
      }
    }
  }

  #readChoice(
    name: SettingName,
    value: Node | null,
    choices: readonly string[],
    refuse: (reason?: string) => undefined,
  ): string | undefined {
    if (!isScalar(value)) return refuse()
    if (name === 'interpolator' && typeof value.value !== 'string') {
      // Python counts true as the integer 1.
      const number = value.value === true ? 1 : readNumber(value)?.integer ? Number(value.value) : NaN
      return (
        numberedInterpolators[number - 1] ??
        refuse(`Expected a name such as sitkBSpline or a number from 1 to 10, found ${describe(value)}.`)
      )
    }
    if (typeof value.value === 'string' && choices.includes(value.value)) return value.value
    if (name === 'wavelet' && continuousWavelets.includes(String(value.value))) {
      return refuse(`"${String(value.value)}" is a continuous wavelet; splitting an image needs a discrete one, such as coif1.`)
    }
    return refuse(`${describe(value)} is not a choice here.${suggest(String(value.value), choices)}`)
  }

  #refuseUsedNulls(settings: ExtractionSettings, imageTypes: readonly ImageTypeRequest[]): void {
    for (const { name, line, path, imageType } of this.#unset) {
      const used = imageTypes.some(
        ({ type, overrides }) =>
          (imageType === undefined || imageType === type) &&
          (imageType !== undefined || !Object.hasOwn(overrides, name)) &&
          isSettingUsed(name, type, { ...settings, ...overrides }),
      )
      if (used)
        this.#refuse(
          line,
          path,
          `No value: PyRadiomics takes null in the file but fails when it computes. Write ${describeType(settingsHelp[name].type)}, or leave the line out for ${formatValue(name, defaultSettings[name])}.`,
        )
    }
  }

  /** Keys and values of a map, merged ones (`<<`) behind its own. */
  #entries(node: Node | null, line: number, path: string): Entry[] {
    const map = this.#resolve(node)
    if (!isMap(map)) {
      this.#refuse(
        this.#lineOf(map, line),
        path,
        `Expected names with values ("name: value"), found ${describe(map)}. Write {} for none.`,
      )
      return []
    }
    const own: Entry[] = []
    const merged: Entry[] = []
    for (const { key, value } of (map as YAMLMap<Node, Node | null>).items) {
      const keyLine = this.#lineOf(key, line)
      if (isMergeKey(key)) {
        const target = this.#resolve(value)
        for (const source of isSeq(target) ? target.items : [target])
          merged.push(...this.#entries(source as Node | null, keyLine, path))
      } else if (isScalar(key)) {
        own.push({ key: String(key.value), value: this.#resolve(value), line: keyLine })
      } else {
        this.#refuse(keyLine, path, 'A name must be a word, not a list or map.')
      }
    }
    return [...own, ...merged.filter(({ key }, i) => ![...own, ...merged.slice(0, i)].some((entry) => entry.key === key))]
  }

  #resolve(node: Node | null): Node | null {
    return isAlias(node) ? ((node.resolve(this.#document) as Node | undefined) ?? null) : node
  }

  #lineOf(node: Node | null, otherwise: number): number {
    return node?.range ? this.#lineAt(node.range[0]) : otherwise
  }

  #lineAt(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line)
  }

  #refuse(line: number, path: string, message: Message | string): void {
    this.problems.push({ line, path, message })
  }
}

const voxelSettings = ['kernelRadius', 'maskedKernel', 'initValue', 'voxelBatch']

/** PyWavelets's other names: its parameter check knows them, its stationary transform does not. */
const continuousWavelets = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((order) => [`cgau${order}`, `gaus${order}`]),
  'cmor', 'fbsp', 'mexh', 'morl', 'shan',
] // prettier-ignore

interface PlainNumber {
  readonly value: number
  /** Written as an integer: `1`, not `1.0`. */
  readonly integer: boolean
}

/** A number that is not in quotes; digits may be grouped by `_`, as PyRadiomics's YAML reader allows. */
function readNumber(node: Node | null): PlainNumber | undefined {
  if (!isScalar(node)) return undefined
  const { value, source, type } = node
  if (typeof value === 'number')
    return {
      value,
      integer:
        Number.isInteger(value) &&
        !/^[-+]?(\d[\d_]*)?[.eE]|^[-+]?\d[\d_]*[.eE]/.test(source ?? '') &&
        node.tag !== 'tag:yaml.org,2002:float',
    }
  if (typeof value !== 'string' || type !== 'PLAIN') return undefined
  if (/^[-+]?\d[\d_]*$/.test(value)) return { value: Number(value.replaceAll('_', '')), integer: true }
  if (/^[-+]?\d[\d_]*(\.[\d_]*)?([eE][-+]?\d+)?$/.test(value)) return { value: Number(value.replaceAll('_', '')), integer: false }
  if (/^[-+]?0b[01]+$/.test(value)) return { value: Number(value), integer: true }
  return undefined
}

function fits(
  { value, integer }: PlainNumber,
  kind: 'integer' | 'number',
  { minimum, above, maximum, infinite }: NumberRange,
): boolean {
  if (kind === 'integer' && !integer) return false
  if (!Number.isFinite(value) && !(infinite && !Number.isNaN(value))) return false
  return (
    (minimum === undefined || value >= minimum) &&
    (above === undefined || value > above) &&
    (maximum === undefined || value <= maximum)
  )
}

function toSigma({ value, integer }: PlainNumber): LoGSigma {
  return { mm: value, label: integer ? String(value) : formatPythonFloat(value) }
}

function isNull(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null)
}

function isMergeKey(key: Node): boolean {
  return (
    isScalar(key) &&
    (key.value === '<<' || (typeof key.value === 'symbol' && key.value.description === '<<')) &&
    key.type !== 'QUOTE_DOUBLE' &&
    key.type !== 'QUOTE_SINGLE'
  )
}

function describe(node: Node | null): string {
  if (isNull(node)) return 'nothing'
  if (isSeq(node)) return 'a list'
  if (isMap(node)) return 'a map'
  if (!isScalar(node)) return 'something else'
  if (typeof node.value === 'string')
    return `the text "${node.value}"${/^(yes|no|on|off|y|n)$/i.test(node.value) ? ' (write true or false)' : ''}`
  return node.source ?? String(node.value)
}

function describeType(type: SettingType): string {
  switch (type.kind) {
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${type.choices.length > 20 ? `${type.choices.slice(0, 5).join(', ')} ...` : type.choices.join(', ')}`
    case 'list': {
      const count = type.lengths ? `${type.lengths.join(' or ')} ` : ''
      return `a list of ${count}${type.of === 'integer' ? 'whole numbers' : 'numbers'}${describeRange(type)}`
    }
    default:
      return `a ${type.kind === 'integer' ? 'whole number' : 'number'}${describeRange(type)}`
  }
}

function describeRange({ minimum, above, maximum }: NumberRange): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of at least ${minimum}`
  return above === undefined ? '' : ` greater than ${above}`
}

function suggest(name: string, known: readonly string[]): string {
  const near = nearestName(name, known)
  if (near) return ` Did you mean ${near}?`
  return known.length <= 20 ? ` Known: ${known.join(', ')}.` : ''
}

function describeYamlError(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'The same name stands twice in one section; remove one of them.'
  if (code === 'MULTIPLE_DOCS') return 'Expected one document, found another behind "---".'
  return `Not valid YAML: ${message.split('\n')[0]}`
}

/** YAML that `parseParameterFile` reads back as equal parameters; every setting is stated. */
export function formatParameterFile({ settings, imageTypes, featureClasses }: ExtractionParameters): string {
  const lines = ['setting:', ...formatSettings(settings, '  '), '', 'imageType:']
  for (const { type, overrides } of imageTypes) {
    const own = formatSettings(overrides, '    ')
    lines.push(own.length === 0 ? `  ${type}: {}` : `  ${type}:`, ...own)
  }
  lines.push('', 'featureClass:')
  for (const { name, features } of featureClasses)
    lines.push(features === 'all' ? `  ${name}:` : `  ${name}: [${features.join(', ')}]`)
  return `${lines.join('\n')}\n`
}

function formatSettings(settings: Partial<ExtractionSettings>, indent: string): string[] {
  return (Object.keys(settingsHelp) as SettingName[])
    .filter((name) => settings[name] !== undefined)
    .map((name) => `${indent}${name}: ${formatValue(name, settings[name]!)}`)
}

function formatValue(name: SettingName, value: ExtractionSettings[SettingName]): string {
  if (name === 'sigma') return `[${(value as readonly LoGSigma[]).map(({ label }) => label).join(', ')}]`
  if (Array.isArray(value)) return `[${value.map((number) => formatNumber(number as number)).join(', ')}]`
  return typeof value === 'number' ? formatNumber(value) : String(value)
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  return String(value)
}
