import * as english from '../en/proposal.ts'
import { inLanguage } from '../language.ts'

/** Words of what is proposed of a study’s images, in the language of the page. */
export const proposalWords = () => inLanguage('proposal', english)
