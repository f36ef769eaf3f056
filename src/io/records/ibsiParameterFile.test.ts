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
    expect(parseParameters('profile: IBSI\n')).toEqual({
      profile: 'IBSI',
      settings: ibsiDefaults,
      filters: [{ kind: 'none' }],
      families: ibsiFamilies,
    })
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
      filters: [{ kind: 'none' }],
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

  it('ask for filters, whose names say all that they are', () => {
    const parameters = parseParameters(`
profile: IBSI
filter:
  - { kind: none }
  - { kind: mean, width: 5 }
  - { kind: laplacianOfGaussian, sigmaMm: 1.5, dimensions: 2 }
  - { kind: laws, kernel: L5E5E5, energyDistance: 7, pooling: maximum }
  - { kind: gabor, sigmaMm: 5, wavelengthMm: 2, aspectRatio: 1.5, stepDegrees: 22.5 }
  - { kind: wavelet, wavelet: db3, subBand: LLH, level: 2, boundary: zero }
  - { kind: simoncelli }
family: [morph, stat]
`)
    expect(isIbsi(parameters) && parameters.filters[4]).toEqual({ kind: 'gabor', sigmaMm: 5, wavelengthMm: 2, aspectRatio: 1.5, angleDegrees: 0, stepDegrees: 22.5, dimensions: 3, pooling: 'mean', boundary: 'mirror' }) // prettier-ignore
    const { ibsi } = planOf(parameters)
    expect(ibsi.map(({ name }) => name)).toEqual([
      'ibsi',
      'ibsi-mean-5-3D-mirror',
      'ibsi-log-1-5mm-4sd-2D-mirror',
      'ibsi-laws-L5E5E5-energy7-maximum-mirror',
      'ibsi-gabor-5mm-2mm-1-5-0deg-step22-5-3D-mean-mirror',
      'ibsi-db3-LLH-level2-zero',
      'ibsi-simoncelli-level1-3D',
    ])
    // The region’s shape is measured once.
    expect(ibsi.map(({ families }) => families.includes('morph'))).toEqual([true, false, false, false, false, false, false])
  })

  it('refuse filters with all that is wrong in them', () => {
    const text = [
      'profile: IBSI',
      'filter:',
      '  - { kind: mean, width: 4 }',
      '  - { kind: median }',
      '  - { kind: laplacianOfGaussian, cutOff: 0, sigma: 3 }',
      '  - { kind: laws, kernel: L5E5X5 }',
      '  - { kind: gabor, sigmaMm: 5, wavelengthMm: 2, aspectRatio: 1, stepDegrees: 50 }',
      '  - { kind: wavelet, wavelet: morl, subBand: LHX }',
      '  - { kind: simoncelli, level: 0 }',
      '  - none',
      '  - { kind: simoncelli, level: 2 }',
      '  - { level: 2, kind: simoncelli, dimensions: 3 }',
    ]
    expect(refusal(text.join('\n'))).toEqual([
      expect.stringMatching(/^3 filter\.mean\.width: .*4 voxels.*odd/),
      expect.stringMatching(/^4 filter\.kind: Unknown filter.*mean/),
      expect.stringMatching(/^5 filter\.laplacianOfGaussian\.sigma: Unknown setting.*sigmaMm/),
      expect.stringMatching(/^5 filter\.laplacianOfGaussian\.sigmaMm: No value: write a number greater than 0/),
      expect.stringMatching(/^5 filter\.laplacianOfGaussian\.cutOff: Expected a number greater than 0/),
      expect.stringMatching(/^6 filter\.laws\.kernel: .*L5E5X5.*Did you mean/),
      expect.stringMatching(/^7 filter\.gabor\.stepDegrees: Steps of 50°/),
      expect.stringMatching(/^8 filter\.wavelet\.wavelet: .*morl/),
      expect.stringMatching(/^8 filter\.wavelet\.subBand: .*LHX/),
      expect.stringMatching(/^9 filter\.simoncelli\.level: Expected a whole number from 1 to 10/),
      expect.stringMatching(/^10 filter: Expected names with values/),
      expect.stringMatching(/^12 filter: The same filter stands in the list twice/),
    ])
    expect(refusal('profile: IBSI\nfilter: mean\n')).toEqual([expect.stringMatching(/^2 filter: Expected a list of filters/)])
    expect(refusal('profile: IBSI\nfilter: [{ kind: simoncelli }]\nfamily: [morph]\n')).toEqual([expect.stringMatching(/^2 filter: Nothing would be measured/)]) // prettier-ignore
  })

  it('do not mix responses of filters with bins of the image’s own grey values', () => {
    const ask = (setting: string, families: string, kind: string) => refusal(`profile: IBSI\nsetting: { ${setting} }\nfilter: [${kind}]\nfamily: [${families}]\n`) // prettier-ignore
    const response = '{ kind: mean, width: 3 }'
    expect(ask('binWidth: 25', 'cm', response)).toEqual([expect.stringMatching(/^2 setting\.binCount: .*no grey values of the image.*binCount/)]) // prettier-ignore
    expect(ask('ivhBinCount: null', 'ivh', response)).toEqual([expect.stringMatching(/^2 setting\.ivhBinCount: .*ivhBinCount/)]) // prettier-ignore
    expect(ask('binWidth: 25', 'stat', response)).toEqual([])
    expect(ask('binWidth: 25', 'cm', '{ kind: none }')).toEqual([])
  })

  it('are told from PyRadiomics’s, which have no profile', () => {
    expect(isIbsi(parseParameters(studyParameterFile))).toBe(false)
    expect(refusal('profile: IBSI\n', parseParameterFile)).toEqual([expect.stringMatching(/^1 profile: .*texel extract --params/)]) // prettier-ignore
  })
})
