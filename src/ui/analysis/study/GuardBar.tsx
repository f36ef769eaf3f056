import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { describeGuard, type GuardedStep, type GuardRow, type LeakGuard } from '../../../core/analysis/leakGuard.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { Key } from '../../shared/Key.tsx'
import { useSession } from '../../shared/session.ts'
import { tellGuard } from './tellGuard.ts'

/** Who every step learnt from, in one sentence; the patients behind each step below it. */
export function GuardBar() {
  const { studyStore } = useSession()
  const analysis = useStore(studyStore, (state) => state.analysis)
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null
      if (event.defaultPrevented || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== 'g') return // prettier-ignore
      event.preventDefault()
      setIsOpen((before) => !before)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  if (!analysis) return null
  const guard = describeGuard(analysis)
  return (
    <footer className={`guard studyGuard ${looks[guard.state]}`} aria-label="Leak guard">
      <span>
        <strong>Leak guard</strong> {tellGuard(analysis)}
      </span>
      <Button size="compact-xs" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        Patients behind each step
      </Button>
      <Key>G</Key>
      {isOpen && (
        <div className="analysisScroll tableCard" tabIndex={0} role="region" aria-label="Patients behind each step">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col" className="number">
                  learnt from
                </th>
                <th scope="col">values seen of validation</th>
                <th scope="col">labels seen of validation</th>
              </tr>
            </thead>
            <tbody>
              {guard.rows.map((row) => (
                <Row key={nameStep(row.step)} row={row} />
              ))}
              <tr>
                <th scope="row">Evaluate</th>
                <td className="number">–</td>
                <td>from here</td>
                <td>from here</td>
              </tr>
            </tbody>
          </table>
        </div>
      )}
    </footer>
  )
}

const looks: Record<LeakGuard['state'], string> = { closed: 'green', 'values seen': 'amber', open: 'red' }

const methods: Record<Extract<GuardedStep, { kind: 'selection' }>['method'], string> = {
  agreement: 'Agreement of the readers',
  rankSum: 'Wilcoxon',
  redundancy: 'Redundancy',
  boruta: 'Boruta',
  annealing: 'Annealing',
  lasso: 'LASSO',
  mrmr: 'mRMR',
  elimination: 'Recursive elimination',
}

function nameStep(step: GuardedStep): string {
  switch (step.kind) {
    case 'combat':
      return 'ComBat'
    case 'screening':
      return 'Columns that vary'
    case 'imputation':
      return 'Medians for missing values'
    case 'selection':
      return methods[step.method]
    case 'model':
      return step.name
    case 'cut-offs':
      return 'Cut-offs'
  }
}

function Row({ row: { step, learntFrom, outside, sawLabels } }: { row: GuardRow }) {
  return (
    <tr>
      <th scope="row">{nameStep(step)}</th>
      <td className="number" title={learntFrom?.join(', ')}>
        {learntFrom ? formatCount(learntFrom.length) : <span className="warnText">not recorded</span>}
      </td>
      <td>{outside > 0 ? `yes, ${formatCount(outside)} patients` : 'no'}</td>
      <td>{sawLabels ? 'yes' : 'no'}</td>
    </tr>
  )
}
