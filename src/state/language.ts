import { createStore, type StoreApi } from 'zustand/vanilla'
import { speakIn, type Language } from '../messages/language.ts'
import type { Translation } from '../messages/translation.ts'

export interface LanguageState {
  /** What the page speaks. */
  readonly language: Language
  /** Speaks another language, and goes on in it next time. What it needs is loaded first: until then, and where that fails, the page speaks as before. */
  choose(language: Language): Promise<void>
  /** The same for this session alone: what nobody has chosen, the browser is asked anew next time. */
  begin(language: Language): Promise<void>
}

export type LanguageStore = StoreApi<LanguageState>

export interface LanguageServices {
  /** What a language needs; null of English, which every part of the page brings. */
  readonly load: (language: Language) => Promise<Translation | null>
  readonly keep: (language: Language) => void
  readonly tellNotLoaded: (error: unknown) => void
}

/** In which language the page speaks: English until another one is loaded. */
export function createLanguageStore({ load, keep, tellNotLoaded }: LanguageServices): LanguageStore {
  let wanted: Language = 'en'
  return createStore<LanguageState>()((set) => {
    const speak = async (language: Language, andKeep: boolean) => {
      wanted = language
      try {
        const translation = await load(language)
        // Another one was chosen meanwhile.
        if (wanted !== language) return
        speakIn(translation)
        // Before it is seen: who leaves the page then has it next time.
        if (andKeep) keep(language)
        set({ language })
      } catch (error) {
        tellNotLoaded(error)
      }
    }
    return { language: 'en', choose: (language) => speak(language, true), begin: (language) => speak(language, false) }
  })
}
