import { expect, test } from 'vitest'
import type { Analysis } from '../../core/analysis/analysis.ts'
import { defaultProtocol } from '../../core/protocol/protocol.ts'
import { noStudyChoice, type StudyChoice } from '../../io/tables/roles/studyChoice.ts'
import { factsOfStudy } from './runFacts.ts'
import type { StudyDoor } from './studyState.ts'

const file = new File(['id,a\n1,2\n'], 'f.csv')
const analysis = { protocol: defaultProtocol, split: { judged: [] } } as unknown as Analysis
const factsOf = (choice: Partial<StudyChoice>) => {
  const door = {
    files: { features: file, clinical: null, second: null },
    choice: { ...noStudyChoice, ...choice },
  } as unknown as StudyDoor
  return factsOfStudy({ door, analysis, finishedAt: null, firstLook: null }, { texel: '1', engine: 'e' })
}

test('how cohorts were told apart is known of the study’s own tables, and where a person said it; a column of a table has its own reasons', async () => {
  const own = { freeze: 'f', rows: 'r', clinical: 'c', plan: 'date', leftOut: [], thaws: 3 } as const
  expect(await factsOf({ own })).toMatchObject({ cohortsBy: 'date', thaws: 3, extracted: { to: 'PyRadiomics 3.0.1' } })
  expect(await factsOf({ roles: ['id', 'feature'] })).toMatchObject({ cohortsBy: null, thaws: null, extracted: null })
  expect(await factsOf({ cohorts: { kind: 'second file' } })).toMatchObject({ cohortsBy: 'centre' })
  const split = { kind: 'split', seed: 1, share: 0.3, stratified: true } as const
  expect(await factsOf({ cohorts: split })).toMatchObject({ cohortsBy: 'split' })
  expect(await factsOf({ cohorts: { kind: 'all train' } })).toMatchObject({ cohortsBy: null })
  expect(await factsOf({ cohorts: split, clinicalRoles: ['id', 'cohort'] })).toMatchObject({ cohortsBy: null })
})
