import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Evaluation } from '../../../core/evaluate/evaluateScores.ts'
import type { ReportAnswers } from '../../../core/report/answers.ts'
import type { RunFacts } from '../../../core/report/clauses.ts'
import { describeCohorts } from '../../../io/results/describeCohorts.ts'
import { layOutFlow } from '../../../io/results/flowChart.ts'
import { layOutScores, layOutStudy, type LaidOutReport } from '../../../io/results/studyReport.ts'
import { sayError, sayInFiles } from '../../../messages/say.ts'
import '../../../messages/sayReport.ts'
import { factsOfScores, factsOfStudy } from '../../../state/analysis/runFacts.ts'
import { hashKernels } from '../../../../workers/loadKernels.ts'
import { useSession } from '../../shared/session.ts'
import { countFlow } from '../cohorts/countFlow.ts'

/** The report of what is in hand. */
export interface ReportInHand extends LaidOutReport {
  readonly from: 'study' | 'table'
  readonly evaluation: Evaluation
  readonly run: RunFacts
  readonly answers: ReportAnswers
  readonly answer: (answers: ReportAnswers) => void
}

/** @returns undefined while the files are read that it names, a text where they cannot be */
export function useReport(): ReportInHand | string | undefined {
  const facts = useFacts()
  const { scoresStore, studyStore } = useSession()
  const { analysis, study, scores, clinical, door, answers: ofStudy, answer: answerStudy } = useStore(studyStore)
  const { record, answers: ofScores, answer: answerScores } = useStore(scoresStore)
  return useMemo(() => {
    if (facts === undefined || typeof facts === 'string') return facts
    if (analysis && study && scores && clinical && door) {
      const { column, positive = '' } = analysis.protocol.outcome
      const { tables } = describeCohorts(analysis, clinical, { column, positive }, sayInFiles)
      const laid = layOutStudy({ analysis, study, scores, table1: tables[0] ?? null, run: facts, answers: ofStudy, flow: layOutFlow(countFlow(study, analysis.protocol, door), sayInFiles) }, sayInFiles) // prettier-ignore
      return { from: 'study', ...laid, evaluation: analysis.evaluation, run: facts, answers: ofStudy, answer: answerStudy }
    }
    if (!record) return undefined
    const { evaluation } = record.result
    const laid = layOutScores(
      { record: record.result, title: `Scores of ${record.fileName}`, run: facts, answers: ofScores },
      sayInFiles,
    )
    return { from: 'table', ...laid, evaluation, run: facts, answers: ofScores, answer: answerScores }
  }, [facts, analysis, study, scores, clinical, door, ofStudy, answerStudy, record, ofScores, answerScores])
}

/** Hashes of the files that were read, and what else a run is known by. */
function useFacts(): RunFacts | string | undefined {
  const { scoresStore, studyStore } = useSession()
  const { door, analysis, finishedAt, firstLook } = useStore(studyStore)
  const table = useStore(scoresStore, (state) => state.table)
  const record = useStore(scoresStore, (state) => state.record)
  const tableLook = useStore(scoresStore, (state) => state.firstLook)
  const [facts, setFacts] = useState<RunFacts | string>()
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<RunFacts | undefined> => {
      const program = { texel: __TEXEL_VERSION__, engine: await hashKernels() }
      if (analysis) return factsOfStudy({ door, analysis, finishedAt, firstLook }, program)
      if (table && record) return factsOfScores(table.file, tableLook, judgedIn(record.result.evaluation), program)
      return undefined
    }
    read()
      .then((found) => isWanted && setFacts(found))
      .catch((error: unknown) => isWanted && setFacts(`The files that the report names cannot be read: ${sayError(error)}`))
    return () => void (isWanted = false)
  }, [door, analysis, finishedAt, firstLook, table, record, tableLook])
  return facts
}

const judgedIn = ({ cohorts }: Evaluation) =>
  cohorts.flatMap(({ cohort, role, unusable }) => (role === 'validation' && unusable === null ? [cohort] : []))
