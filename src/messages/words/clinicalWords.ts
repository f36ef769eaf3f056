import * as english from '../en/clinical.ts'
import { inLanguage } from '../language.ts'

/** Words of the clinical table and of exclusions, in the language of the page. */
export const clinicalWords = () => inLanguage('clinical', english)
