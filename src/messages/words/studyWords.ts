import * as english from '../en/ui/study.ts'
import { inLanguage } from '../language.ts'

/** Words of the screen Study, in the language of the page. */
export const studyWords = () => inLanguage('study', english).study

/** Words of its clinical table. */
export const sheetWords = () => inLanguage('study', english).sheet
