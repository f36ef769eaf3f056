import * as english from '../en/settings.ts'
import { inLanguage } from '../language.ts'

/** Words of parameters, in the language of the page. */
export const settingsWords = () => inLanguage('settings', english)
