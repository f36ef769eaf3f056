import * as english from '../en/phases.ts'
import { inLanguage } from '../language.ts'

/** Words of the times of phases, in the language of the page. */
export const phasesWords = () => inLanguage('phases', english)
