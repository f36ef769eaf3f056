import { useStore } from 'zustand'
import { languages, languageTags, type Language } from '../../messages/language.ts'
import { useSession } from '../shared/session.ts'
import { Tip } from './Tip.tsx'

/** To the other language, called by its own name: whoever looks for it cannot read the one that is shown. */
export function LanguageSwitch() {
  const { languageStore } = useSession()
  const language = useStore(languageStore, (state) => state.language)
  const other: Language = language === 'en' ? 'zh' : 'en'
  return (
    <Tip label={other === 'zh' ? '改用中文（暂时有些页面仍为英文）' : 'Change to English'}>
      <button
        type="button"
        className="pill language"
        lang={languageTags[other]}
        onClick={() => void languageStore.getState().choose(other)}
      >
        {languages[other]}
      </button>
    </Tip>
  )
}
