import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type YAMLMap } from 'yaml'
import { findIdleRequests } from '../../core/parameters/profiles/pyradiomics/idleRequests.ts'
import { featureClassNames, type FeatureClassName, type FeatureClassRequest } from '../../core/features/featureClasses.ts'
import { featureDefinitions } from '../../core/features/registry.ts'
import { formatPythonFloat } from '../../core/numeric/pythonNumber.ts'
import { numberedInterpolators, type NumberRange } from '../../core/parameters/profiles/pyradiomics/generalSettings.ts'
import { imageTypeNames, type ImageTypeName, type LoGSigma } from '../../core/parameters/profiles/pyradiomics/imageTypes.ts'
import type {
  ExtractionParameters,
  ExtractionSettings,
  ImageTypeRequest,
} from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import {
  defaultSettings,
  isSettingUsed,
  knownSettings,
  type SettingName,
} from '../../core/parameters/profiles/pyradiomics/knownSettings.ts'
import { nearestName } from '../tables/nearestName.ts'
import studyParameters from './studyParameters.yaml?raw'
import { DataError, type Message } from '../../core/messages/message.ts'
import { tell, type FoundNode } from './messages.ts'

/** The study's parameter file, comments included: the built-in default (1502 features). */
export const studyParameterFile: string = studyParameters

export interface ParameterProblem {
  /** Counted from 1. */
  readonly line: number
  /** Keys from the top, e.g. `setting.binWidth`; empty for the file as a whole. */
  readonly path: string
  readonly problem: Message
}

/** Everything that is wrong with a parameter file, in the order of its lines. */
export class ParameterFileError extends DataError {
  readonly problems: readonly ParameterProblem[]
  /** Of the first problem. */
  readonly line: number
  readonly path: string

  constructor(problems: readonly [ParameterProblem, ...ParameterProblem[]]) {
    super(tell('parameters-invalid', { problems }))
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
    for (const { code, message, pos } of errors) this.#refuse(this.#lineAt(pos[0]), '', yamlProblem(code, message))
    const isEmpty = top === null || (isScalar(top) && top.value === null)
    if (isEmpty && errors.length === 0) this.#refuse(1, '', tell('parameters-empty', {}))
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
      this.#refuse(line, key, tell('voxel-maps', {}))
    } else if (Object.hasOwn(knownSettings, key)) {
      this.#refuse(line, key, tell('setting-outside', { name: key }))
    } else {
      this.#refuse(line, key, unknown('section', key, ['setting', 'imageType', 'featureClass']))
    }
  }

  #readImageTypes(section: Entry | undefined): ImageTypeRequest[] {
    const requests = section ? this.#entries(section.value, section.line, section.key) : []
    if (requests.length === 0) return [{ type: 'Original', overrides: {} }]
    return requests.flatMap((entry) => {
      const type = imageTypeNames.find((name) => name === entry.key)
      const path = `imageType.${entry.key}`
      if (type) return [{ type, overrides: this.#readSettings(entry, path, type) }]
      this.#refuse(entry.line, path, unknown('image type', entry.key, imageTypeNames))
      return []
    })
  }

  #readFeatureClasses(section: Entry | undefined): FeatureClassRequest[] {
    const requests = section ? this.#entries(section.value, section.line, section.key) : []
    if (requests.length === 0) return [...featureClassNames].sort().map((name) => ({ name, features: 'all' }))
    return requests.flatMap((entry) => {
      const name = featureClassNames.find((known) => known === entry.key)
      if (name) return [{ name, features: this.#readFeatureNames(name, entry) }]
      this.#refuse(entry.line, `featureClass.${entry.key}`, unknown('feature class', entry.key, featureClassNames))
      return []
    })
  }

  #readFeatureNames(featureClass: FeatureClassName, entry: Entry): 'all' | string[] {
    const path = `featureClass.${featureClass}`
    const known = featureDefinitions[featureClass].map(({ name }) => name)
    if (isNull(entry.value)) return 'all'
    if (!isSeq(entry.value)) {
      this.#refuse(entry.line, path, tell('features-no-list', { example: known[0], found: found(entry.value) }))
      return 'all'
    }
    const items = entry.value.items.map((item) => this.#resolve(item as Node | null))
    const names = items.map((item) => {
      const name = isScalar(item) ? String(item.value) : ''
      if (!known.includes(name)) {
        const given = isScalar(item) ? name : found(item)
        this.#refuse(this.#lineOf(item, entry.line), path, tell('no-feature', { featureClass, given, ...among(name, known) }))
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
      if (!Object.hasOwn(knownSettings, key)) {
        const isOfMaps = voxelSettings.includes(key)
        this.#refuse(line, here, isOfMaps ? tell('voxel-setting', {}) : unknown('setting', key, Object.keys(knownSettings)))
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
    const { type, nullMeans } = knownSettings[name]
    if (isNull(value)) {
      if (nullMeans === 'off') return null
      if (nullMeans === 'false') return false
      if (nullMeans === 'unset') return defaultSettings[name]
      if (nullMeans === 'refused') this.#refuse(line, path, tell('not-of-type', { type, found: { kind: 'null' } }))
      else this.#unset.push({ name, line, path, ...(imageType && { imageType }) })
      return undefined
    }
    const refuse = (problem = tell('not-of-type', { type, found: found(value) }), node: Node | null = value) => {
      this.#refuse(this.#lineOf(node, line), path, problem)
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
          return refuse(tell('not-of-type-in-list', { type, found: found(item) }), item)
        })
        if (numbers.includes(undefined)) return undefined
        const read = numbers as PlainNumber[]
        const lengthFits = type.lengths?.includes(read.length) ?? (read.length > 0 || name === 'sigma')
        if (!lengthFits) return refuse(tell('list-length', { type, found: read.length }))
        return name === 'sigma' ? read.map(toSigma) : read.map((number) => number.value)
      }
    }
  }

  #readChoice(
    name: SettingName,
    value: Node | null,
    choices: readonly string[],
    refuse: (problem?: Message) => undefined,
  ): string | undefined {
    if (!isScalar(value)) return refuse()
    if (name === 'interpolator' && typeof value.value !== 'string') {
      // Python counts true as the integer 1.
      const number = value.value === true ? 1 : readNumber(value)?.integer ? Number(value.value) : NaN
      return numberedInterpolators[number - 1] ?? refuse(tell('no-interpolator', { found: found(value) }))
    }
    if (typeof value.value === 'string' && choices.includes(value.value)) return value.value
    if (name === 'wavelet' && continuousWavelets.includes(String(value.value))) {
      return refuse(tell('continuous-wavelet', { name: String(value.value) }))
    }
    return refuse(tell('no-choice', { found: found(value), ...among(String(value.value), choices) }))
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
          tell('null-used', { type: knownSettings[name].type, default: formatValue(name, defaultSettings[name]) }),
        )
    }
  }

  /** Keys and values of a map, merged ones (`<<`) behind its own. */
  #entries(node: Node | null, line: number, path: string): Entry[] {
    const map = this.#resolve(node)
    if (!isMap(map)) {
      this.#refuse(this.#lineOf(map, line), path, tell('no-map', { found: found(map) }))
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
        this.#refuse(keyLine, path, tell('name-no-word', {}))
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

  #refuse(line: number, path: string, problem: Message): void {
    this.problems.push({ line, path, problem })
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

function found(node: Node | null): FoundNode {
  if (isNull(node)) return { kind: 'nothing' }
  if (isSeq(node)) return { kind: 'list' }
  if (isMap(node)) return { kind: 'map' }
  if (!isScalar(node)) return { kind: 'else' }
  if (typeof node.value === 'string') return { kind: 'text', text: node.value }
  return { kind: 'value', written: node.source ?? String(node.value) }
}

function unknown(what: 'section' | 'image type' | 'feature class' | 'setting', name: string, known: readonly string[]): Message {
  return tell('unknown', { what, ...among(name, known) })
}

function among(name: string, known: readonly string[]) {
  return { near: nearestName(name, known) ?? null, known }
}

function yamlProblem(code: string, words: string): Message {
  if (code === 'DUPLICATE_KEY') return tell('yaml-same-name', {})
  if (code === 'MULTIPLE_DOCS') return tell('yaml-documents', {})
  return tell('yaml-invalid', { words: words.split('\n')[0] })
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
  return (Object.keys(knownSettings) as SettingName[])
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
