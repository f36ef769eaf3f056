import { expect, test } from 'vitest'
import type { StudyData } from '../../core/analysis/studyData.ts'
import { defaultProtocol } from '../../core/protocol/protocol.ts'
import { answerQuestion, noAnswers } from '../../core/report/answers.ts'
import { makeFeatureTable } from '../../core/table/featureTable.ts'
import { countOpen, countStep, whyNoStep } from './studySteps.ts'

const study: StudyData = {
  features: makeFeatureTable(['a', 'b'], ['f'], new Float64Array([1, 2])),
  secondReader: null,
  outcomeOf: new Map(),
  cohortOf: new Map(),
  batchOf: new Map(),
  covariates: [],
}

test('batches can be looked at where nothing is harmonised by them', () => {
  const seen = { ...study, seenBatchOf: new Map([['a', 'GE'], ['b', 'Siemens']]) } // prettier-ignore
  const why = (study: StudyData) => whyNoStep('harmonise', { study, protocol: defaultProtocol })
  expect([why(study), why(seen)]).toEqual(['noBatches', null])
  expect(countStep('harmonise', { study: seen, analysis: undefined, answers: noAnswers })).toBe('2')
})

test('a question is open until it is answered, and again when the answer is emptied', () => {
  const open = countOpen(noAnswers)
  const answered = answerQuestion(noAnswers, 'ethics', ' Board 7 ')
  expect(answered.questions).toEqual({ ethics: 'Board 7' })
  expect([countOpen(answered), countOpen(answerQuestion(answered, 'ethics', '  '))]).toEqual([open - 1, open])
})
