import { messagesOf, type Message } from '../messages/message.ts'

type Nothing = Readonly<Record<never, never>>

/* They speak of settings by the names of the profile that tells them. */
export interface ParametersMessages {
  /** Of an image type or feature class of which nothing comes. */
  idle: { readonly name: string; readonly why: Message }
  'even-width': { readonly width: number }
  'ibsi-memory-advice': Nothing
  'levels-of-responses': { readonly count: string }
  'lbp2D-in-3D': Nothing
  'log-without-sigma': Nothing
  'memory-advice': Nothing
  'shape2D-alone': Nothing
  'shape2D-left-out': Nothing
  'step-no-part': { readonly degrees: number }
  /** `dimension` is counted as in the profile: z, y, x. */
  'shape2D-flat': { readonly dimension: 0 | 1 | 2 }
}

export const { tell } = messagesOf<ParametersMessages>('parameters')
