import { expect, test } from 'vitest'
import Papa from 'papaparse'
import { joinPatients } from '../../core/cohort/clinical/joinPatients.ts'
import { matchPatients } from '../../core/cohort/clinical/matchPatients.ts'
import { readClinical } from '../../core/cohort/clinical/readClinical.ts'
import type { VariableSpec } from '../../core/cohort/clinical/variables.ts'
import { expectDecisions } from '../../core/simulate/expectedDecisions.ts'
import { planStudy } from '../../core/simulate/planStudy.ts'
import { formatClinical, formatTruthTable } from './simulatedTables.ts'

const specs: readonly VariableSpec[] = [
  { id: 'age', kind: 'age', column: 'age' },
  { id: 'bmi', kind: 'bmi', column: 'bmi' },
  { id: 'size_cm', kind: 'size', column: 'size_cm' },
  { id: 'tic', kind: 'tic', column: 'tic' },
  { id: 'side', kind: 'side', column: 'side' },
  { id: 'er', kind: 'receptor', column: 'er' },
  { id: 'pr', kind: 'receptor', column: 'pr' },
  { id: 'her2', kind: 'her2', column: 'her2_ihc', ishColumn: 'her2_fish' },
  { id: 'ki67', kind: 'ki67', column: 'ki67' },
  { id: 'aln', kind: 'nodes', column: 'aln' },
]

test('the doubts of a simulated table are those that were made, and once they are decided every value is true', () => {
  const study = planStudy(7)
  const parse = (text: string) => Papa.parse<string[]>(text, { skipEmptyLines: true }).data
  const [columns, ...rows] = parse(formatClinical(study))
  const ids = rows.map(([id]) => id)
  const drawn = new Map(study.patients.map(({ id, clinical }) => [id, clinical.sizeCm]))
  const table = { columns, rows, drawnCm: ids.map((id) => drawn.get(id)!) }
  const expected = study.patients.flatMap((patient) => expectDecisions(patient).map((decision) => ({ id: patient.id, ...decision }))) // prettier-ignore
  const awkward = (code: string) => expected.filter((decision) => decision.code === code).map(({ id }) => id).sort() // prettier-ignore

  const { doubts } = readClinical(table, specs, {})
  expect(doubts.map(({ code, variable }) => [code, variable])).toEqual([['likely-mm', 'size_cm'], ['her2-equivocal', 'her2']]) // prettier-ignore
  expect(doubts.map(({ rows: doubted }) => doubted.map((row) => ids[row]).sort())).toEqual([awkward('sizeInMm'), awkward('her2Unknown')]) // prettier-ignore

  const decided = readClinical(table, specs, Object.fromEntries(doubts.map(({ id, proposed }) => [id, proposed!])))
  expect(decided.doubts).toEqual([])
  const match = matchPatients(ids, study.patients.map(({ id }) => id), new Set()) // prettier-ignore
  expect([match.likely, match.rowsWithoutPatient, match.patientsWithoutRow]).toEqual([[], [], []])
  const { differ } = joinPatients(decided, match.rowsOf, {})
  expect(differ.map(({ patient, variable }) => [patient, variable])).toEqual(awkward('duplicatedId').map((id) => [id, 'ki67'])) // prettier-ignore
  const { valuesOf } = joinPatients(decided, match.rowsOf, Object.fromEntries(differ.map(({ id }) => [id, '1'])))

  const [header, ...truth] = parse(formatTruthTable(study))
  const written = (value: string | number | null) => (value === null ? '' : String(value))
  for (const row of truth) {
    const values = valuesOf.get(row[0])!
    const ofTruth = Object.fromEntries(specs.map(({ id }) => [id, row[header.indexOf(id)]]))
    const bare = (id: string, text: string) => (['age', 'bmi', 'size_cm'].includes(id) ? written(Number(text)) : text)
    expect(Object.fromEntries(specs.map(({ id }) => [id, written(values[id].value)]))).toEqual(
      Object.fromEntries(Object.entries(ofTruth).map(([id, text]) => [id, bare(id, text)])),
    )
  }
})
