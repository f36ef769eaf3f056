import { describe, expect, it } from 'vitest'
import { isIbsi, planOf } from '../../core/parameters/parameters.ts'
import { ibsiDefaults, ibsiSettingRows } from '../../core/parameters/profiles/ibsi/parameters.ts'
import { ibsiFamilies } from '../../core/features/ibsi/definitions.ts'
import { say } from '../../messages/say.ts'
import { parseParameters } from './anyParameterFile.ts'
import { parseParameterFile, studyParameterFile } from './parameterFile.ts'
import { ParameterFileError } from './yamlReader.ts'

function refusal(text: string, parse: (text: string) => unknown = parseParameters): string[] {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof ParameterFileError) return error.problems.map(({ line, path, problem }) => `${line} ${path}: ${say(problem)}`)
    throw error
  }
  return []
} // prettier-ignore

describe('parameter files of the IBSI’s profile', () => {
  it('without settings are the defaults, of all families', () => {
    expect(parseParameters('profile: IBSI\n')).toEqual({ profile: 'IBSI', settings: ibsiDefaults, families: ibsiFamilies })
    expect(Object.keys(ibsiSettingRows)).toEqual(Object.keys(ibsiDefaults))
  })

  it('say what the consensus of configuration C was computed with', () => {
    const parameters = parseParameters(`
profile: IBSI
setting:
  spacing: [2, 2, 2]
  roundIntensities: true
  range: [-1000, 400]
  binWidth: 25
  ivhBinWidth: 2.5
  aggregations: [3D_avg, 3D_comb]
family: [cm, ivh]
`)
    expect(parameters).toEqual({
      profile: 'IBSI',
      settings: {
        ...ibsiDefaults,
        spacing: [2, 2, 2],
        roundIntensities: true,
        range: [-1000, 400],
        binWidth: 25,
        // Bins of a size take the place of the number that is the default.
        binCount: null,
        ivhBinWidth: 2.5,
        ivhBinCount: null,
        aggregations: ['3D_avg', '3D_comb'],
      },
      families: ['cm', 'ivh'],
    })
    expect(planOf(parameters)).toMatchObject({
      images: [],
      featureClasses: [],
      greyValues: 'float64',
      resampling: {
        spacingMm: [2, 2, 2],
        interpolation: 'linear',
        grid: 'commonCentre',
        mask: 'linear',
        wholeNumbers: true,
      },
      resegmentation: { steps: [{ range: [-1000, 400], mode: 'absolute' }], shape: 'drawn' },
      ibsi: [
        {
          families: ['cm', 'ivh'],
          options: {
            discretisation: { method: 'binsOfSize', size: 25, lower: -1000 },
            volumeHistogram: { method: 'binsOfSize', size: 2.5, lower: -1000, upper: 400 },
          },
        },
      ],
    })
  })

  it('take grey values as levels where neither bins of a size nor a number are wanted', () => {
    const plan = planOf(parseParameters('profile: IBSI\nsetting: { binCount: null, ivhBinCount: null, outlierSd: 3, range: [-.inf, 100] }\n'))
    expect(plan.ibsi[0].options).toMatchObject({ discretisation: { method: 'asTheyAre' }, volumeHistogram: { method: 'wholeSteps' } })
    expect(plan.resegmentation!.steps).toMatchObject([{ range: [-Infinity, 100], mode: 'absolute' }, { range: [-3, 3], mode: 'sigma' }])
  }) // prettier-ignore

  it('are refused with all that is wrong in them, line by line', () => {
    const text = [
      'profile: IBIS',
      'setting:',
      '  binWith: 5',
      '  spacing: [1, 1]',
      '  interpolation: cubical',
      '  roundIntensities: yes please',
      '  range: [400, -500]',
      '  binWidth: 5',
      '  binCount: 5',
      '  outlierSd: -1',
      '  aggregations: [3D, 2D_avg]',
      '  label: null',
      'family: [cm, glcm]',
      'imageType: {}',
    ]
    expect(refusal(text.join('\n'))).toEqual([
      expect.stringMatching(/^1 profile: .*IBIS.*IBSI/),
      expect.stringMatching(/^3 setting\.binWith: Unknown setting.*binWidth/),
      expect.stringMatching(/^4 setting\.spacing: Expected .*found 2 numbers/),
      expect.stringMatching(/^5 setting\.interpolation: .*cubical.*cubic/),
      expect.stringMatching(/^6 setting\.roundIntensities: Expected/),
      expect.stringMatching(/^7 setting\.range: The lower end of the range must come first/),
      expect.stringMatching(/^9 setting\.binCount: binWidth and binCount are both set/),
      expect.stringMatching(/^10 setting\.outlierSd: Expected/),
      expect.stringMatching(/^11 setting\.aggregations: .*3D.*choice/),
      expect.stringMatching(/^12 setting\.label: Expected/),
      expect.stringMatching(/^13 family: Unknown feature family/),
      expect.stringMatching(/^14 imageType: Unknown section/),
    ])
    expect(refusal('profile: IBSI\nfamily: cm\n')).toEqual([expect.stringMatching(/^2 family: Expected a list of names such as \[morph\]/)]) // prettier-ignore
  })

  it('are told from PyRadiomics’s, which have no profile', () => {
    expect(isIbsi(parseParameters(studyParameterFile))).toBe(false)
    expect(refusal('profile: IBSI\n', parseParameterFile)).toEqual([expect.stringMatching(/^1 profile: .*texel extract --params/)]) // prettier-ignore
  })
})
