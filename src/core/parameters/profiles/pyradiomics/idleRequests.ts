import type { ExtractionParameters } from './parameters.ts'

/** A part of the parameters of which nothing comes, whatever the image. */
export interface IdleRequest {
  readonly section: 'imageType' | 'featureClass'
  readonly name: 'LoG' | 'shape2D'
  /** Why, and what to do, in sentences. */
  readonly reason: string
}

/** What is asked for and cannot give anything. PyRadiomics goes on without it; shape2D beside other classes is left out with a warning here too. */
export function findIdleRequests({ settings, imageTypes, featureClasses }: ExtractionParameters): IdleRequest[] {
  const hasNoWidth = imageTypes.some(({ type, overrides }) => type === 'LoG' && (overrides.sigma ?? settings.sigma).length === 0)
  const isOnly2D = featureClasses.length > 0 && featureClasses.every(({ name }) => name === 'shape2D') && !settings.force2D
  return [
    ...(hasNoWidth
      ? [
          {
            section: 'imageType',
            name: 'LoG',
            reason:
              'No image comes of it, since it has no sigma. Write its widths in mm, such as sigma: [1, 3, 5], or leave LoG out.',
          } as const,
        ]
      : []),
    ...(isOnly2D
      ? [
          {
            section: 'featureClass',
            name: 'shape2D',
            reason: 'Nothing would be measured: it is the only class and needs force2D. Add force2D: true, or another class.',
          } as const,
        ]
      : []),
  ]
}
