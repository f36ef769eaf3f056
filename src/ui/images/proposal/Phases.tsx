import type { ProposedStudy } from '../../../core/cohort/proposal/proposeStudy.ts'
import type { DceSet } from '../../../core/study/study.ts'
import { phasesWords } from '../../../messages/words/phasesWords.ts'
import { say } from '../../../messages/say.ts'

/** The phases of a dynamic series with their times and where these are from. @param label of its patient */
export function Phases({ study, dce, label }: { study: ProposedStudy; dce: DceSet; label: string }) {
  const owner = study.patients.find((patient) => patient.dce === dce)?.label ?? label
  const { phases, timesFrom, proved, injectionS, injectionProved, warnings } = dce
  return (
    <section className="card phases" aria-label="Phases of the row in hand">
      <p>
        <strong>{owner}</strong>{' '}
        <span className="dim">
          {phasesWords().describeTimesFrom({ from: timesFrom, proved })} Contrast agent{' '}
          {injectionProved ? 'at' : 'assumed before'} {Math.round(injectionS)} s.
        </span>
      </p>
      <ol>
        {phases.map(({ image, timeS }, i) => (
          <li key={image}>
            <span className="dim">{i + 1}</span> <strong className="number">{Math.round(timeS)} s</strong>
            {i === 0 && <span className="dim"> T1WI</span>}
          </li>
        ))}
      </ol>
      {warnings.length > 0 && <p className="warnText">{warnings.map(say).join(' ')}</p>}
    </section>
  )
}
