import { describeDifference, describeEmptySlices } from '../en/mask.ts'
import { inLanguage } from '../language.ts'

/** Words of masks beside their messages, in the language of the page. */
export const maskWords = () => inLanguage('mask', { describeDifference, describeEmptySlices })
