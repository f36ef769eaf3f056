import type { ofAnalysis } from './en/analysisCatalogue.ts'
import type { ofSession } from './en/catalogue.ts'
import type { ofFeatures } from './en/featuresCatalogue.ts'
import type { ofImages } from './en/imagesCatalogue.ts'
import type { studyFile } from './en/studyFile.ts'
import type { EnglishWords } from './words/englishWords.ts'

/** The sentences of every room, as the English ones are typed, but for those of the report (`sayReport.ts`): it is written in English. */
export type Rooms = typeof ofSession &
  typeof ofImages &
  typeof ofFeatures &
  typeof ofAnalysis & { readonly studyFile: typeof studyFile }

/** All that is said and written in another language than English: a missing or superfluous part of it does not compile. */
export interface Translation {
  readonly rooms: Rooms
  readonly words: EnglishWords
}
