import { formatDateTime as english } from './en/formatDateTime.ts'
import { inLanguage } from './language.ts'

/** A moment for reading on screen and in print, in the time of this computer and the language of the page. Files have ISO 8601. */
export const formatDateTime: typeof english = (moment) => inLanguage('formatDateTime', english)(moment)
