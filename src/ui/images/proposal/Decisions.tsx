import { Button, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Decision } from '../../../core/study/study.ts'
import { proposalWords } from '../../../messages/words/proposalWords.ts'
import { nameOf } from '../../../state/images.ts'
import type { ProposedImport } from '../../../state/studyImport.ts'
import { useSession } from '../../shared/session.ts'

const atOnce = 50
const shownLabels = 4

/** What only a person can say: what waits first, then what is proposed. */
export function Decisions({ state }: { state: ProposedImport }) {
  const { study, listed } = state
  const [shown, setShown] = useState(atOnce)
  const volumes = useMemo(() => new Map(listed.images.map(({ id, volume }) => [id, volume])), [listed])
  const labels = useMemo(() => new Map(study.images.map(({ id, label }) => [id, label])), [study])
  const waits = ({ chosen, proposed }: Decision) => chosen === null && proposed === null
  const all = useMemo(() => [...study.decisions.filter(waits), ...study.decisions.filter((one) => !waits(one))], [study])
  if (all.length === 0) return null
  const nameImage = (id: string) => {
    const volume = volumes.get(id)
    const number = volume?.source.dicom?.SeriesNumber?.trim()
    return volume ? [nameOf(volume), number && `series ${number}`].filter(Boolean).join(', ') : id.slice(0, 8)
  }
  const dateOf = (id: string) => (volumes.get(id)?.source.dicom?.StudyDate ?? '').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  const whose = ({ subjects, options }: Decision) => {
    const ids = [...subjects, ...options.flatMap(({ groups }) => groups.flat())]
    return [...new Set(ids.flatMap((id) => labels.get(id) ?? []))].sort()
  }
  return (
    <section className="card decisions" aria-label="Decisions of this step">
      <h2>
        {all.length === 1 ? 'One decision' : `${all.length} decisions`}
        <span className="dim"> what is proposed is taken unless you say otherwise</span>
      </h2>
      <ul>
        {all.slice(0, shown).map((decision) => (
          <DecisionRow
            key={decision.id}
            decision={decision}
            labels={whose(decision)}
            isWaiting={waits(decision)}
            options={decision.options.map((option) => ({
              value: option.id,
              label: `${proposalWords().nameOption(decision, option, { nameImage, dateOf })}${option.id === decision.proposed ? ' (proposed)' : ''}`,
            }))}
          />
        ))}
      </ul>
      {all.length > shown && (
        <Button onClick={() => setShown(shown + atOnce)}>Show {Math.min(atOnce, all.length - shown)} more</Button>
      )}
    </section>
  )
}

interface RowProps {
  readonly decision: Decision
  readonly labels: readonly string[]
  readonly isWaiting: boolean
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

function DecisionRow({ decision, labels, isWaiting, options }: RowProps) {
  const { studyImporter } = useSession()
  const named = labels.length > shownLabels ? `${labels.length} patients` : labels.join(', ')
  return (
    <li data-waiting={isWaiting}>
      <strong className="label">{named}</strong>
      <span>{proposalWords().askDecision(decision)}</span>
      <NativeSelect
        aria-label={`${named}: ${proposalWords().askDecision(decision)}`}
        value={decision.chosen?.option ?? decision.proposed ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget
          if (value !== '') void studyImporter().then(({ answer }) => answer(decision, value))
        }}
        data={[...(isWaiting ? [{ value: '', label: 'Not decided' }] : []), ...options]}
      />
    </li>
  )
}
