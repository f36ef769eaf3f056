import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { SavedElsewhere as Saved } from '../../storage/savedElsewhere.ts'
import { formatAgo, formatCount } from '../shared/formatNumber.ts'
import { useNow } from '../shared/useNow.ts'
import { useSession } from '../shared/session.ts'
import './studyCopy.css'
import { appWords } from '../../messages/words/appWords.ts'

/** Looked at so often: what is drawn is kept by itself. */
const lookMs = 10_000

/** How old the last copy of the study outside this browser is: a browser's data can be cleared. */
export function SavedElsewhere() {
  const { askStudyCopy, autoCopyStore, readSaved, startCopying, roiStore, studyCopyStore, workListStore } = useSession()
  const [known, setKnown] = useState<Saved>()
  const status = useStore(studyCopyStore, (state) => state.status)
  const auto = useStore(autoCopyStore, (state) => state.status)
  const records = useStore(workListStore, (state) => state.records)
  const keeping = useStore(roiStore, (state) => state.keeping)
  const now = useNow(lookMs, true)
  useEffect(() => {
    let isWanted = true
    const show = (found?: Saved) => void (isWanted && setKnown(found))
    // A browser that does not tell has no copy to tell of; what it does not keep is said beside.
    readSaved().then(show, () => show())
    return () => void (isWanted = false)
  }, [readSaved, status, auto, records, keeping, now])
  useEffect(() => {
    // Without its folder the age of the last copy, which is shown, says so.
    startCopying().catch(() => undefined)
  }, [startCopying])
  if (!known) return null
  const { saved, changes } = known
  const words = appWords()
  const since = changes === 0 ? '' : words.changesSince(formatCount(changes), changes === 1)
  const problem = auto === 'failed' ? words.copyFailed : auto === 'asks' ? words.copyAsks : ''
  const text = saved ? words.copyElsewhere(formatAgo(Math.max(0, now - saved.at))) + since : words.noCopyElsewhere
  return (
    <button
      type="button"
      className={`pill${saved && problem === '' ? '' : ' warn'}`}
      title={words.copyHint}
      onClick={askStudyCopy}
    >
      {text + problem}
    </button>
  )
}
