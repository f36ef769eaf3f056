import { isScalar, isSeq, type Node } from 'yaml'
import { findIdleRequests } from '../../core/parameters/profiles/pyradiomics/idleRequests.ts'
import { featureClassNames, type FeatureClassName, type FeatureClassRequest } from '../../core/features/featureClasses.ts'
import { featureDefinitions } from '../../core/features/registry.ts'
import { formatPythonFloat } from '../../core/numeric/pythonNumber.ts'
import { numberedInterpolators } from '../../core/parameters/profiles/pyradiomics/generalSettings.ts'
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
import studyParameters from './studyParameters.yaml?raw'
import { tell } from './messages.ts'
import { among, found, isNull, readNumber, readYaml, unknown, YamlReader, type Entry, type PlainNumber } from './yamlReader.ts'

/** The study's parameter file, comments included: the built-in default (1502 features). */
export const studyParameterFile: string = studyParameters

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
  return readYaml(text, (document, lines) => new ParameterReader(document, lines))
}

type Settings = { -readonly [Name in SettingName]?: ExtractionSettings[Name] }

/** One pass over the file; goes on after a problem to find the others. */
class ParameterReader extends YamlReader {
  /** Settings given as null that PyRadiomics cannot compute with, to be refused where they are used. */
  readonly #unset: {
    readonly name: SettingName
    readonly line: number
    readonly path: string
    readonly imageType?: ImageTypeName
  }[] = []

  read(): ExtractionParameters {
    const sections = this.readSections()
    if (!sections) return { settings: defaultSettings, imageTypes: [], featureClasses: [] }
    for (const { key, line } of sections.values()) this.#checkSection(key, line)

    const settings: ExtractionSettings = { ...defaultSettings, ...this.#readSettings(sections.get('setting'), 'setting') }
    const imageTypes = this.#readImageTypes(sections.get('imageType'))
    const featureClasses = this.#readFeatureClasses(sections.get('featureClass'))
    this.#refuseUsedNulls(settings, imageTypes)
    const parameters = { settings, imageTypes, featureClasses }
    // A file with other problems may only seem to ask for nothing.
    for (const { section, name, reason } of this.problems.length > 0 ? [] : findIdleRequests(parameters)) {
      const { line, value } = sections.get(section)!
      const entry = this.entries(value, line, section).find(({ key }) => key === name)!
      this.refuse(entry.line, `${section}.${name}`, reason)
    }
    return parameters
  }

  #checkSection(key: string, line: number): void {
    if (key === 'setting' || key === 'imageType' || key === 'featureClass') return
    if (key === 'profile') {
      this.refuse(line, key, tell('profile-by-command', {}))
    } else if (key === 'voxelSetting') {
      this.refuse(line, key, tell('voxel-maps', {}))
    } else if (Object.hasOwn(knownSettings, key)) {
      this.refuse(line, key, tell('setting-outside', { name: key }))
    } else {
      this.refuse(line, key, unknown('section', key, ['setting', 'imageType', 'featureClass']))
    }
  }

  #readImageTypes(section: Entry | undefined): ImageTypeRequest[] {
    const requests = section ? this.entries(section.value, section.line, section.key) : []
    if (requests.length === 0) return [{ type: 'Original', overrides: {} }]
    return requests.flatMap((entry) => {
      const type = imageTypeNames.find((name) => name === entry.key)
      const path = `imageType.${entry.key}`
      if (type) return [{ type, overrides: this.#readSettings(entry, path, type) }]
      this.refuse(entry.line, path, unknown('image type', entry.key, imageTypeNames))
      return []
    })
  }

  #readFeatureClasses(section: Entry | undefined): FeatureClassRequest[] {
    const requests = section ? this.entries(section.value, section.line, section.key) : []
    if (requests.length === 0) return [...featureClassNames].sort().map((name) => ({ name, features: 'all' }))
    return requests.flatMap((entry) => {
      const name = featureClassNames.find((known) => known === entry.key)
      if (name) return [{ name, features: this.#readFeatureNames(name, entry) }]
      this.refuse(entry.line, `featureClass.${entry.key}`, unknown('feature class', entry.key, featureClassNames))
      return []
    })
  }

  #readFeatureNames(featureClass: FeatureClassName, entry: Entry): 'all' | string[] {
    const path = `featureClass.${featureClass}`
    const known = featureDefinitions[featureClass].map(({ name }) => name)
    if (isNull(entry.value)) return 'all'
    if (!isSeq(entry.value)) {
      this.refuse(entry.line, path, tell('features-no-list', { example: known[0], found: found(entry.value) }))
      return 'all'
    }
    const items = entry.value.items.map((item) => this.resolve(item as Node | null))
    const names = items.map((item) => {
      const name = isScalar(item) ? String(item.value) : ''
      if (!known.includes(name)) {
        const given = isScalar(item) ? name : found(item)
        this.refuse(this.lineOf(item, entry.line), path, tell('no-feature', { featureClass, given, ...among(name, known) }))
      }
      return name
    })
    return names.length === 0 ? 'all' : names
  }

  #readSettings(section: Entry | undefined, path: string, imageType?: ImageTypeName): Settings {
    const settings: Settings = {}
    if (!section) return settings
    for (const { key, value, line } of this.entries(section.value, section.line, path)) {
      const here = `${path}.${key}`
      if (!Object.hasOwn(knownSettings, key)) {
        const isOfMaps = voxelSettings.includes(key)
        this.refuse(line, here, isOfMaps ? tell('voxel-setting', {}) : unknown('setting', key, Object.keys(knownSettings)))
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
      if (nullMeans === 'refused') this.refuse(line, path, tell('not-of-type', { type, found: { kind: 'null' } }))
      else this.#unset.push({ name, line, path, ...(imageType && { imageType }) })
      return undefined
    }
    const refuse = this.refuserAt(type, value, line, path)
    if (name === 'interpolator' && isScalar(value) && typeof value.value !== 'string') {
      // Python counts true as the integer 1.
      const number = value.value === true ? 1 : readNumber(value)?.integer ? Number(value.value) : NaN
      return numberedInterpolators[number - 1] ?? refuse(tell('no-interpolator', { found: found(value) }))
    }
    if (name === 'wavelet' && isScalar(value) && continuousWavelets.includes(String(value.value)))
      return refuse(tell('continuous-wavelet', { name: String(value.value) }))
    const read = this.readValue(type, value, refuse)
    if (!Array.isArray(read)) return read
    return name === 'sigma' ? read.map(toSigma) : read.map((number) => number.value)
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
        this.refuse(
          line,
          path,
          tell('null-used', { type: knownSettings[name].type, default: formatValue(name, defaultSettings[name]) }),
        )
    }
  }
}

const voxelSettings = ['kernelRadius', 'maskedKernel', 'initValue', 'voxelBatch']

/** PyWavelets's other names: its parameter check knows them, its stationary transform does not. */
const continuousWavelets = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((order) => [`cgau${order}`, `gaus${order}`]),
  'cmor', 'fbsp', 'mexh', 'morl', 'shan',
] // prettier-ignore

function toSigma({ value, integer }: PlainNumber): LoGSigma {
  return { mm: value, label: integer ? String(value) : formatPythonFloat(value) }
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
