import { useStore } from 'zustand'
import type { Language } from '../../messages/language.ts'
import { useSession } from './session.ts'

/** What the page speaks: for what is drawn anew by its values alone, and would stay in the words of another language. */
export function useLanguage(): Language {
  return useStore(useSession().languageStore, ({ language }) => language)
}
