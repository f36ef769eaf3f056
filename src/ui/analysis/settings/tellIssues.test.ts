import { expect, test } from 'vitest'
import { defaultProtocol, protocolSchema } from '../../../core/protocol/protocol.ts'
import { tellIssues } from './tellIssues.ts'

function told(part: object): string {
  const given = { ...defaultProtocol, ...part }
  return tellIssues(protocolSchema.safeParse(given).error!.issues, given)
}

test('what the rules refuse is told in our words: setting, allowed range and value', () => {
  expect(told({ select: [{ method: 'rankSum', alpha: -3 }] })).toBe(
    'Wilcoxon rank-sum test, P below: expected a number above 0 and below 1, not -3.',
  )
  expect(told({ select: [{ method: 'boruta', maximumRuns: 5 }] })).toBe(
    'Boruta, Runs at most: expected a whole number of at least 11, not 5.',
  )
  expect(told({ select: [{ method: 'agreement', threshold: 2 }] })).toBe(
    'Agreement of the readers, Above: expected a number of at least -1 and at most 1, not 2.',
  )
  expect(told({ models: [{ method: 'svm', kernel: 'cubic' }] })).toBe(
    'Support vector machine, Kernel: expected one of linear, radial, not "cubic".',
  )
  expect(told({ models: [] })).toBe('Models: expected a list of at least one.')
})
