import { formatCount } from '../shared/formatNumber.ts'
import type { ShownNumber } from './NumberedPatients.tsx'
import { studyWords } from '../../messages/words/studyWords.ts'

/** A number that opens its list of patients; nobody's opens nothing. */
export function NumberButton({ title, patients, onShow }: ShownNumber & { onShow: (shown: ShownNumber) => void }) {
  if (patients.length === 0) return <span className="dim number">0</span>
  return (
    <button
      type="button"
      className="numberButton"
      aria-label={studyWords().showWho(title, patients.length)}
      onClick={() => onShow({ title, patients })}
    >
      {formatCount(patients.length)}
    </button>
  )
}
