import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { featureDefinitions } from '../../core/features/registry.ts'
import { featureClassNames } from '../../core/features/featureClasses.ts'
import { waveletNames } from '../../core/image/filters/waveletNames.ts'
import { imageTypeNames } from '../../core/parameters/profiles/pyradiomics/imageTypes.ts'
import type { ExtractionParameters } from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import { defaultSettings, knownSettings, type SettingName } from '../../core/parameters/profiles/pyradiomics/knownSettings.ts'
import { studyParameters } from './studyParameters.ts'
import { formatParameterFile, parseParameterFile, studyParameterFile } from './parameterFile.ts'
import { ParameterFileError } from './yamlReader.ts'
import { sayError } from '../../messages/say.ts'

const folder = new URL('../../../reference/parameter-files/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8')
const files = (kind: 'valid' | 'invalid') => readdirSync(new URL(kind, folder)).map((name) => `${kind}/${name}`)

interface Answer {
  outcome: 'refused' | 'fails' | 'computes'
  reason?: string
  settings?: Record<string, unknown>
  imageTypes?: Record<string, Record<string, unknown>>
  featureClasses?: Record<string, string[] | null>
}
const { answers } = JSON.parse(read('answers.json')) as { answers: Record<string, Answer> }
const names = JSON.parse(read('names.json')) as {
  features: Record<string, Record<string, boolean>>
  imageTypes: string[]
  wavelets: { discrete: string[]; continuous: string[] }
  settings: Record<
    string,
    { type?: string; range?: Record<string, number>; enum?: string[]; seq?: { type: string; range?: Record<string, number> }[] }
  >
  defaults: Record<string, unknown>
}

/** On purpose other than PyRadiomics; see the README beside the files. */
const wider = ['valid/interpolator-bspline-orders.yaml']
const narrower = [
  'invalid/voxel-setting.yaml',
  'invalid/voxel-setting-empty.yaml',
  'invalid/log-without-sigma.yaml',
  'invalid/no-sigma.yaml',
]

test('every file has PyRadiomics’s answer, and no answer is without its file', () => {
  expect(Object.keys(answers).sort()).toEqual([...files('valid'), ...files('invalid')].sort())
})

describe('valid files', () => {
  it.each(files('valid'))('%s is read as PyRadiomics reads it', (path) => {
    const answer = answers[path]
    const parameters = parseParameterFile(read(path))
    if (wider.includes(path)) {
      expect(answer.outcome).toBe('refused')
      return
    }
    expect(answer.outcome, answer.reason).toBe('computes')
    expect(parameters.imageTypes.map(({ type }) => type)).toEqual(Object.keys(answer.imageTypes!))
    expect(parameters.featureClasses.map(({ name, features }) => [name, features])).toEqual(
      Object.entries(answer.featureClasses!).map(([name, features]) => [name, features?.length ? features : 'all']),
    )
    expect(asPyRadiomics(parameters.settings)).toMatchObject(withoutUnset(answer.settings!))
    for (const { type, overrides } of parameters.imageTypes) {
      expect(asPyRadiomics(overrides)).toEqual(withoutUnset(answer.imageTypes![type]))
    }
  })

  it.each(files('valid'))('%s is the same after writing and reading again', (path) => {
    const parameters = parseParameterFile(read(path))
    expect(parseParameterFile(formatParameterFile(parameters))).toEqual(parameters)
  })
})

describe('invalid files', () => {
  it.each(files('invalid'))('%s is refused with its line', (path) => {
    const text = read(path)
    const error = refusal(text)
    expect(error.line).toBeGreaterThanOrEqual(1)
    expect(error.line).toBeLessThanOrEqual(Math.max(1, text.split('\n').length))
    expect(sayError(error)).toContain(`Line ${error.line}`)
    expect(answers[path].outcome === 'computes').toBe(narrower.includes(path))
  })

  it.each([
    ['unknown-setting', 2, 'setting.binwidth', 'Did you mean binWidth?'],
    ['unknown-section', 1, 'settings', 'Did you mean setting?'],
    ['setting-at-top', 1, 'binWidth', 'indent it under "setting:"'],
    ['unknown-image-type', 2, 'imageType.Log', 'Did you mean LoG?'],
    ['unknown-feature-class', 2, 'featureClass.GLCM', 'Did you mean glcm?'],
    ['unknown-feature', 2, 'featureClass.glcm', 'Did you mean JointEnergy?'],
    ['unknown-override', 3, 'imageType.LoG.sigmas', 'Did you mean sigma?'],
    ['voxel-setting', 1, 'voxelSetting', 'Voxel-based maps are not computed'],
    ['voxel-setting-in-setting', 2, 'setting.kernelRadius', 'voxel-based maps'],
    ['duplicate-setting', 3, '', 'stands twice'],
    ['duplicate-section', 3, '', 'stands twice'],
    ['two-documents', 3, '', 'Expected one document'],
    ['tab', 2, '', 'Not valid YAML'],
    ['empty-file', 1, '', 'The file is empty'],
    ['normalize-yes', 2, 'setting.normalize', 'Expected true or false, found the text "yes" (write true or false)'],
    ['bin-width-null', 2, 'setting.binWidth', 'leave the line out for 25'],
    ['bin-width-quoted', 2, 'setting.binWidth', 'Expected a number greater than 0, found the text "5"'],
    ['dimensions-four', 2, 'setting.minimumROIDimensions', 'a whole number from 1 to 3, found 4'],
    ['label-float', 2, 'setting.label', 'a whole number greater than 0, found 1.0'],
    ['spacing-two', 2, 'setting.resampledPixelSpacing', 'a list of 3 numbers of at least 0, found 2 numbers'],
    ['range-three', 2, 'setting.resegmentRange', 'a list of 1 or 2 numbers, found 3 numbers'],
    ['interpolator-unknown', 2, 'setting.interpolator', 'Did you mean sitkBSpline?'],
    ['wavelet-continuous', 3, 'imageType.Wavelet.wavelet', '"mexh" is a continuous wavelet'],
    ['wavelet-unknown', 2, 'setting.wavelet', 'Did you mean coif1?'],
    ['weighting-unknown', 2, 'setting.weightingNorm', 'Did you mean euclidean?'],
    ['log-without-sigma', 2, 'imageType.LoG', 'No image comes of it, since it has no sigma'],
    ['null-log', 2, 'imageType.LoG', 'Write {} for none'],
  ])('%s: line %d, %s', (name, line, path, message) => {
    const error = refusal(read(`invalid/${name}.yaml`))
    expect([error.line, error.path]).toEqual([line, path])
    expect(sayError(error)).toContain(message)
  })

  it('tells all problems of a file, by line', () => {
    const { problems } = refusal(read('invalid/several.yaml'))
    expect(problems.map(({ line, path }) => [line, path])).toEqual([
      [2, 'setting.binwidth'],
      [3, 'setting.label'],
      [5, 'imageType.Sqare'],
      [7, 'featureClass.glcm'],
      [8, 'featureClass.ngtdn'],
    ])
  })
})

describe('the study’s file', () => {
  it('is the one of the reference', () => {
    expect(studyParameterFile).toBe(read('valid/study.yaml'))
    expect(studyParameters).toStrictEqual(parseParameterFile(studyParameterFile))
    expect(studyParameterFile).toBe(readFileSync(new URL('../pyradiomics/params.yaml', folder), 'utf8'))
  })

  it('asks for 5 kinds of image and 7 classes', () => {
    const { imageTypes, featureClasses, settings } = parseParameterFile(studyParameterFile)
    expect(imageTypes).toEqual([
      { type: 'Original', overrides: {} },
      { type: 'LoG', overrides: { sigma: [1, 3, 5].map((mm) => ({ mm, label: `${mm}.0` })) } },
      { type: 'Gradient', overrides: {} },
      { type: 'LBP3D', overrides: {} },
      { type: 'Wavelet', overrides: { wavelet: 'coif1', start_level: 0, level: 1 } },
    ])
    expect(featureClasses).toEqual(['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'].map((name) => ({ name, features: 'all' }))) // prettier-ignore
    expect(settings).toEqual({ ...defaultSettings, normalize: true, normalizeScale: 100, removeOutliers: 3, resampledPixelSpacing: [1, 1, 1], binWidth: 5 }) // prettier-ignore
  })
})

describe('names and ranges are those of PyRadiomics’s schema', () => {
  it('settings', () => {
    expect(Object.keys(knownSettings).sort()).toEqual(Object.keys(names.settings).sort())
    for (const [name, rule] of Object.entries(names.settings)) {
      const { type } = knownSettings[name as SettingName]
      const wanted = rule.seq?.[0] ?? rule
      if (rule.enum) expect(type, name).toEqual({ kind: 'choice', choices: rule.enum })
      else if (rule.type === 'bool') expect(type.kind, name).toBe('boolean')
      else if (wanted.type === 'int' || wanted.type === 'float') {
        const kind = wanted.type === 'int' ? 'integer' : 'number'
        expect(type.kind === 'list' ? [type.kind, type.of] : [type.kind], name).toEqual(rule.seq ? ['list', kind] : [kind])
        const { min, max, 'min-ex': above } = wanted.range ?? {}
        const range = type as { minimum?: number; maximum?: number; above?: number }
        expect([range.minimum, range.maximum, range.above], name).toEqual([min, max, above])
      } else expect(type.kind, name).toBe('choice')
    }
  })

  it('defaults', () => {
    expect(asPyRadiomics(defaultSettings)).toMatchObject(names.defaults)
  })

  it('image types, wavelets, classes and features', () => {
    expect([...imageTypeNames].sort()).toEqual([...names.imageTypes].sort())
    expect([...waveletNames].sort()).toEqual([...names.wavelets.discrete].sort())
    expect([...featureClassNames].sort()).toEqual(Object.keys(names.features).sort())
    for (const featureClass of featureClassNames) {
      const known = featureDefinitions[featureClass].map(({ name, deprecated }) => [name, deprecated ?? false])
      expect(known, featureClass).toEqual(Object.entries(names.features[featureClass]))
    }
  })

  it('continuous wavelets are refused with the reason', () => {
    for (const name of names.wavelets.continuous) {
      expect(sayError(refusal(`setting:\n  wavelet: ${name}\n`))).toContain('continuous wavelet')
    }
  })
})

test('every choice of every setting is read, and survives writing', () => {
  for (const [name, { type }] of Object.entries(knownSettings)) {
    if (type.kind !== 'choice') continue
    for (const choice of type.choices) {
      const parameters = parseParameterFile(`setting:\n  ${name}: ${choice}\n`)
      expect(parameters.settings[name as SettingName]).toBe(choice)
      expect(parseParameterFile(formatParameterFile(parameters))).toEqual(parameters)
    }
  }
})

test.each([
  ['setting:\n  sigma: []\nimageType:\n  Original: {}\n  LoG:\n    sigma: []\n', 5, 'imageType.LoG'],
  ['# outlines\nfeatureClass:\n  shape2D:\n', 3, 'featureClass.shape2D'],
])('%j asks for nothing and is refused', (text, line, path) => {
  expect(refusal(text)).toMatchObject({ line, path })
})

test('a width for all image types is enough for LoG, and shape2D may stand beside other classes', () => {
  expect(parseParameterFile('setting:\n  sigma: [1]\nimageType:\n  LoG: {}\n').imageTypes).toHaveLength(1)
  expect(parseParameterFile('featureClass:\n  shape:\n  shape2D:\n').featureClasses).toHaveLength(2)
})

test('the label of a sigma is how Python prints it', () => {
  const { settings } = parseParameterFile('setting:\n  sigma: [1, 1.0, 2.50, 1e-5, 0x10, 3e0]\n')
  expect(settings.sigma.map(({ label }) => label)).toEqual(['1', '1.0', '2.5', '1e-05', '16', '3.0'])
})

function refusal(text: string): ParameterFileError {
  try {
    parseParameterFile(text)
  } catch (error) {
    if (error instanceof ParameterFileError) return error
    throw error
  }
  throw new Error('The file was read without an error.')
}

/** Settings with the values that PyRadiomics shows: sigma as numbers, infinity as text. */
function asPyRadiomics(settings: Partial<ExtractionParameters['settings']>): Record<string, unknown> {
  const plain = (value: unknown): unknown => (value === Infinity ? 'inf' : Array.isArray(value) ? value.map(plain) : value)
  const { sigma, ...rest } = settings
  return { ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)])), ...(sigma && { sigma: sigma.map(({ mm }) => mm) }) } // prettier-ignore
}

/** What PyRadiomics read, with nulls put as we read them and interpolators by name. */
function withoutUnset(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
      const { nullMeans, type } = knownSettings[name as SettingName]
      if (value === null && nullMeans === 'false') return [[name, false]]
      if (value === null && nullMeans === 'unset') return [[name, defaultSettings[name as SettingName]]]
      if (value === null && nullMeans === 'fails') return []
      if (name === 'interpolator' && type.kind === 'choice' && value !== null && typeof value !== 'string') return [[name, type.choices[Number(value) - 1]]] // prettier-ignore
      return [[name, value]]
    }),
  )
}
