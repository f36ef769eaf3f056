import * as english from '../en/features.ts'
import { inLanguage } from '../language.ts'

/** Words of features: their meanings, in the language of the page. */
export const featuresWords = () => inLanguage('features', english)
