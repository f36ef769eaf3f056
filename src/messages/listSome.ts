import { listSome as english } from './en/listSome.ts'
import { inLanguage } from './language.ts'

/** The first few of a list and how many more there are, in the language of the page. */
export const listSome: typeof english = (items, separator) => inLanguage('listSome', english)(items, separator)
