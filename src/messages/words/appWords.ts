import { app as english } from '../en/ui/app.ts'
import { inLanguage } from '../language.ts'

/** Words of the shell and of what all screens are made of, in the language of the page. */
export const appWords = () => inLanguage('app', english)
