import type { ExtractionParameters } from '../../core/parameters/profiles/pyradiomics/parameters.ts'
import { defaultSettings } from '../../core/parameters/profiles/pyradiomics/knownSettings.ts'

/**
 * What `studyParameters.yaml` says, for the page that starts with it: its first screen needs no parser of YAML. A test holds both equal.
 */
export const studyParameters: ExtractionParameters = {
  settings: {
    ...defaultSettings,
    binWidth: 5,
    normalize: true,
    normalizeScale: 100,
    removeOutliers: 3,
    resampledPixelSpacing: [1, 1, 1],
  },
  imageTypes: [
    { type: 'Original', overrides: {} },
    {
      type: 'LoG',
      overrides: {
        sigma: [
          { mm: 1, label: '1.0' },
          { mm: 3, label: '3.0' },
          { mm: 5, label: '5.0' },
        ],
      },
    },
    { type: 'Gradient', overrides: {} },
    { type: 'LBP3D', overrides: {} },
    { type: 'Wavelet', overrides: { wavelet: 'coif1', start_level: 0, level: 1 } },
  ],
  featureClasses: [
    { name: 'shape', features: 'all' },
    { name: 'firstorder', features: 'all' },
    { name: 'glcm', features: 'all' },
    { name: 'glrlm', features: 'all' },
    { name: 'glszm', features: 'all' },
    { name: 'gldm', features: 'all' },
    { name: 'ngtdm', features: 'all' },
  ],
}
