import { sayNameFound } from '../en/studyFile.ts'
import { inLanguage } from '../language.ts'

/** Words of study files beside their messages, in the language of the page. */
export const studyFileWords = () => inLanguage('studyFile', { sayNameFound })
