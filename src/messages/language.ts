import type { ofAnalysis } from './en/analysisCatalogue.ts'
import type { ofSession } from './en/catalogue.ts'
import type { ofFeatures } from './en/featuresCatalogue.ts'
import type { ofImages } from './en/imagesCatalogue.ts'
import type { checklists } from './en/checklists.ts'
import type { clauses } from './en/clauses.ts'
import type { studyFile } from './en/studyFile.ts'
import type { EnglishWords } from './words/englishWords.ts'

/** The sentences of every room, as the English ones are typed. */
export type Rooms = typeof ofSession &
  typeof ofImages &
  typeof ofFeatures &
  typeof ofAnalysis & {
    readonly checklists: typeof checklists
    readonly clauses: typeof clauses
    readonly studyFile: typeof studyFile
  }

/** All that is said and written in another language than English: a missing or superfluous part of it does not compile. */
export interface Translation {
  readonly rooms: Rooms
  readonly words: EnglishWords
}

let translation: Translation | null = null

/** From here on all is said in that language; what is on screen already is drawn anew by whoever changes it. @param next null: in English */
export function speakIn(next: Translation | null): void {
  translation = next
}

/** The sentences of the language that is spoken; null where that is English, whose sentences come with the parts of the page. */
export const translatedRooms = (): Rooms | null => translation?.rooms ?? null

/** A catalogue of words in the language that is spoken. @param english the same in English, which comes with the part of the page that shows it */
export function inLanguage<Name extends keyof EnglishWords>(name: Name, english: EnglishWords[Name]): EnglishWords[Name] {
  return translation?.words[name] ?? english
}
