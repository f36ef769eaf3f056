import { CloseButton } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { clinicalWords } from '../../messages/words/clinicalWords.ts'
import type { StudyView } from '../../state/viewStudy.ts'
import { formatCount } from '../shared/formatNumber.ts'
import { useSession } from '../shared/session.ts'
import { studyWords } from '../../messages/words/studyWords.ts'

/** A number of the screen, and whom it counts. */
export interface ShownNumber {
  readonly title: string
  /** IDs. */
  readonly patients: readonly string[]
  /** What can be done about it. */
  readonly hint?: string
}

interface NumberedPatientsProps {
  readonly view: StudyView
  readonly shown: ShownNumber
  readonly onClose: () => void
}

/** Whom a number counts: each opens on the work list, or with her images. */
export function NumberedPatients({ view, shown, onClose }: NumberedPatientsProps) {
  const { openPatient, screenStore, workListStore } = useSession()
  const words = studyWords()
  const title = useRef<HTMLHeadingElement>(null)
  const own = useMemo(() => new Set(shown.patients), [shown])
  const patients = view.patients.filter(({ id }) => own.has(id))
  const reasons = useMemo(() => new Map(view.traced.excluded.map((one) => [one.id, one.reasons])), [view])
  useEffect(() => {
    title.current?.focus()
    title.current?.closest('aside')?.scrollTo({ top: 0 })
  }, [shown])
  const openInList = (id: string) => {
    const { setFilter, choose } = workListStore.getState()
    setFilter({ text: '', chip: 'all', withExcluded: true })
    choose(id)
    screenStore.getState().showList(true)
    screenStore.getState().show('roi')
  }
  return (
    <section
      className="panel numbered"
      aria-label={shown.title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <h2 ref={title} tabIndex={-1}>
          {shown.title} <span className="dim number">{formatCount(patients.length)}</span>
        </h2>
        <CloseButton size="sm" aria-label={words.closeList} onClick={onClose} />
      </header>
      {shown.hint !== undefined && <p className="dim">{shown.hint}</p>}
      <ul>
        {patients.map(({ id, label, exclusion }) => (
          <li key={id}>
            <button type="button" className="link" title={words.onWorkList} onClick={() => openInList(id)}>
              {label}
            </button>
            <span className="dim ellipsis">
              {exclusion ? (reasons.get(id) ?? []).map(clinicalWords().nameExclusion).join(', ') : ''}
            </span>
            <button type="button" className="link" onClick={() => void openPatient(id)}>
              {words.images}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
