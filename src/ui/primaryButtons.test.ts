import { expect, it } from 'vitest'
import { theme } from './app/theme.ts'
import { choosePrimary, type PrimaryAct, type RoiSituation } from './roi/choosePrimary.ts'

const sources = Object.entries(import.meta.glob<string>('./**/*.tsx', { query: '?raw', import: 'default', eager: true })).map(
  ([path, text]) => [path.slice(2), text] as const,
)

it('a button is filled with colour only where its screen says so', () => {
  expect(theme.components?.Button).toMatchObject({ defaultProps: { variant: 'default' } })
  // Of the screens beside that of the ROI, each file once: one primary button, or one of two that are never there together.
  const filled = sources.flatMap(([path, text]) => (/variant=("filled"|\{[^}]*'filled')/.test(text) ? [path] : []))
  expect(filled.sort()).toEqual([
    // One after the other: no table, its columns, the question before the first look.
    'analysis/ColumnsView.tsx',
    'analysis/TablePicker.tsx',
    // One after the other: no model, its table, the scores of it.
    'analysis/apply/ApplyScreen.tsx',
    'analysis/apply/ScoresCard.tsx',
    'analysis/apply/TableCard.tsx',
    'analysis/evaluate/FirstLookQuestion.tsx',
    // Another study of the same truth; a card's guess, then the next card.
    'analysis/learn/lessons/CardView.tsx',
    'analysis/learn/lessons/LessonsView.tsx',
    'analysis/learn/play/PlaygroundView.tsx',
    // Where the page has a study: its own table comes before those of files.
    'analysis/own/OwnDoor.tsx',
    // The report's page; before the first look the question takes its place.
    'analysis/report/ExportPanel.tsx',
    // While there is no study its tables, then what is to be run.
    'analysis/study/RunCard.tsx',
    'analysis/study/StudyColumns.tsx',
    'features/ParameterForm.tsx',
    'features/RunPanel.tsx',
    // In its place where all of the study is computed.
    'features/batch/BatchPanel.tsx',
    'images/DropZone.tsx',
    'images/VolumeList.tsx',
    // In place of the list of images, until its study is taken or left.
    'images/proposal/MaskProposal.tsx',
    'images/proposal/Proposal.tsx',
    // In front of the views, whose own is not seen meanwhile.
    'roi/workList/WorkList.tsx',
    // While cohorts are open; before there is a study; and the clinical table, which lies over both.
    'study/CohortCard.tsx',
    'study/EmptyStudy.tsx',
    'study/clinical/ClinicalSheet.tsx',
  ])
})

it('each act of the ROI screen has its button, which asks whether it is the one', () => {
  const asked = sources.flatMap(([, text]) => [...text.matchAll(/usePrimary\('(\w+)'\)/g)].map(([, act]) => act))
  const acts: PrimaryAct[] = ['useMask', 'evolve', 'accept', 'addGrown', 'restore', 'findRegion', 'features']
  expect([...new Set(asked)].sort()).toEqual(acts.sort())
})

it('of the acts of the ROI screen the one that lies nearest is primary', () => {
  const calm: RoiSituation = { isReviewing: false, preview: 'none', hasGrown: false, hasRecovery: false, isFinding: false }
  expect(choosePrimary(calm)).toBe('features')
  const finding = { ...calm, isFinding: true }
  expect(choosePrimary(finding)).toBe('findRegion')
  const recovered = { ...finding, hasRecovery: true }
  expect(choosePrimary(recovered)).toBe('restore')
  const grown = { ...recovered, hasGrown: true }
  expect(choosePrimary(grown)).toBe('addGrown')
  expect(choosePrimary({ ...grown, preview: 'operation' })).toBe('accept')
  expect(choosePrimary({ ...grown, preview: 'contour' })).toBe('accept')
  expect(choosePrimary({ ...grown, preview: 'contourAtStart' })).toBe('evolve')
  expect(choosePrimary({ ...grown, preview: 'contourEvolving' })).toBe('evolve')
  expect(choosePrimary({ ...grown, preview: 'operation', isReviewing: true })).toBe('useMask')
})
