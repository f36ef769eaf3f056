import type { Rooms, Translation } from './translation.ts'
import type { EnglishWords } from './words/englishWords.ts'

/** Languages of the page by their tags, each with its own name. */
export const languages = { en: 'English', zh: '中文' } as const

export type Language = keyof typeof languages

/** Tags of the languages as HTML and Intl take them. */
export const languageTags: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' }

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

/** The language of a browser that has chosen none here. @param preferred as `navigator.languages` has them, the dearest first */
export function findLanguage(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => Object.hasOwn(languages, tag))
  return (known as Language | undefined) ?? 'en'
}

/** Loads what a language needs; null of English, which comes with the parts of the page. @throws if it cannot be loaded */
export async function loadLanguage(language: Language): Promise<Translation | null> {
  return language === 'en' ? null : (await import('./zh/translation.ts')).translation
}
