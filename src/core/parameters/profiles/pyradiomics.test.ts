import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { planExtraction } from './pyradiomics.ts'
import { imageTypeNames } from './pyradiomics/imageTypes.ts'
import { defaultSettings } from './pyradiomics/knownSettings.ts'

const core = fileURLToPath(new URL('../../', import.meta.url))
/** Settings that are called by a word of the field, which is the core's too. */
const wordsOfTheField = ['label', 'level', 'sigma', 'wavelet', 'distances', 'interpolator']

test('no step of the core knows a setting of PyRadiomics by its name: they know the plan', () => {
  const names = Object.keys(defaultSettings).filter((name) => !wordsOfTheField.includes(name))
  const pattern = new RegExp(`\\b(${names.join('|')})\\b`)
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith(join('parameters', 'profiles')),
  )
  expect(files.length).toBeGreaterThan(200)
  // The language's own, of texts.
  const textOf = (file: string) => readFileSync(join(core, file), 'utf8').replaceAll(".normalize('NFKC')", '')
  expect(files.filter((file) => pattern.test(textOf(file)))).toEqual([])
})

// Tables are taken up again by the hash of the parameters, which is that of this text.
test('the defaults are PyRadiomics’s, in the order that earlier versions wrote', () => {
  expect(JSON.stringify(defaultSettings)).toBe(
    '{"minimumROIDimensions":2,"minimumROISize":null,"geometryTolerance":null,"correctMask":false,"additionalInfo":true,"label":1,"label_channel":0,"binWidth":25,"binCount":null,"normalize":false,"normalizeScale":1,"removeOutliers":null,"resampledPixelSpacing":null,"interpolator":"sitkBSpline","padDistance":5,"preCrop":false,"distances":[1],"force2D":false,"force2Ddimension":0,"resegmentRange":null,"resegmentMode":"absolute","resegmentShape":false,"sigma":[],"start_level":0,"level":1,"wavelet":"coif1","gradientUseSpacing":true,"lbp2DRadius":1,"lbp2DSamples":8,"lbp2DMethod":"uniform","lbp3DLevels":2,"lbp3DIcosphereRadius":1,"lbp3DIcosphereSubdivision":1,"voxelArrayShift":0,"symmetricalGLCM":true,"weightingNorm":null,"gldm_a":0}',
  )
})

test('what overrides the settings for one image type is planned for its images alone', () => {
  const { images, shape2D } = planExtraction({
    settings: { ...defaultSettings, binWidth: 5, force2D: true },
    imageTypes: imageTypeNames.map((type) => ({
      type,
      overrides: type === 'Gradient' ? { binCount: 32, force2D: false, distances: [2], weightingNorm: 'euclidean' } : {},
    })),
    featureClasses: [],
  })
  const { features } = images.find(({ name }) => name === 'gradient')!
  expect(features).toMatchObject({
    discretisation: { method: 'fixedBinNumber', count: 32 },
    neighbourhood: { distances: [2], acrossAxis: null },
    directions: 'euclidean',
  })
  const others = images.filter(({ name }) => name !== 'gradient')
  expect(new Set(others.map((image) => JSON.stringify(image.features.discretisation)))).toEqual(
    new Set(['{"method":"fixedBinSize","size":5}']),
  )
  // PyRadiomics counts axes from z, and its check of flat regions from x.
  expect(shape2D).toMatchObject({ acrossAxis: 2, leftOut: { ifFlatAlong: 0 } })
})
