import { imageTypeOf, type ImageTypeName } from './imageTypes.ts'
import type { ExtractionParameters } from './parameters.ts'
import type { Message } from '../../../messages/message.ts'
import { tell } from '../../messages.ts'

/** A part of the parameters of which nothing comes, whatever the image. */
export interface IdleRequest {
  readonly section: 'imageType' | 'featureClass'
  readonly name: ImageTypeName | 'shape2D'
  /** Why, and what to do. */
  readonly reason: Message
}

/** What is asked for and cannot give anything. PyRadiomics goes on without it; shape2D beside other classes is left out with a warning here too. */
export function findIdleRequests({ settings, imageTypes, featureClasses }: ExtractionParameters): IdleRequest[] {
  const isOnly2D = featureClasses.length > 0 && featureClasses.every(({ name }) => name === 'shape2D') && !settings.force2D
  return [
    ...imageTypes.flatMap(({ type, overrides }): IdleRequest[] => {
      const reason = imageTypeOf(type).idle?.({ ...settings, ...overrides })
      return reason === undefined ? [] : [{ section: 'imageType', name: type, reason }]
    }),
    ...(isOnly2D
      ? [
          {
            section: 'featureClass',
            name: 'shape2D',
            reason: tell('shape2D-alone', {}),
          } as const,
        ]
      : []),
  ]
}
