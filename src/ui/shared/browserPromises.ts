import type { BrowserKeepingState } from '../../state/browserKeeping.ts'

/** How long this browser keeps what is drawn, in plain words. */
export const browserPromises: Readonly<Record<BrowserKeepingState['promise'], string>> = {
  keeps: 'This browser keeps your ROIs until you delete them.',
  mayDelete: 'This browser may delete ROIs by itself when this computer runs out of space: save them as files.',
  unknown: 'This browser does not say how long it keeps ROIs: save them as files.',
}
