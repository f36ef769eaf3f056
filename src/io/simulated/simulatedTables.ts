import Papa from 'papaparse'
import { sequences, type Sequence } from '../../core/simulate/simulateStudy.ts'
import { acquiredPhases, expectDecisions, expectPhases, otherKi67, sizeInMm } from '../../core/simulate/expectedDecisions.ts'
import type { SimulatedPatient, SimulatedStudy } from '../../core/simulate/planStudy.ts'
import { scanners } from '../../core/simulate/scanners.ts'
import { imagePath, maskPath, nameDcePhase } from './fileNames.ts'
import { habitOf, type PhaseLayout } from './habitOf.ts'

/** The clinical table as a hospital gives it: with what is awkward in it. */
export function formatClinical({ patients }: SimulatedStudy): string {
  const rows = patients.flatMap((patient) => {
    const { id, clinical, awkward } = patient
    const row = {
      id,
      centre: patient.centre,
      scanner: patient.scanner.id,
      age: clinical.ageYears,
      bmi: clinical.bmi.toFixed(2),
      size_cm: awkward.includes('sizeInMm') ? sizeInMm(clinical.sizeCm) : clinical.sizeCm.toFixed(1),
      tic: clinical.tic,
      side: clinical.side,
      er: clinical.erPercent,
      pr: clinical.prPercent,
      her2_ihc: clinical.ihc,
      her2_fish: clinical.fish,
      ki67: clinical.ki67Percent,
      aln: clinical.aln,
    }
    return awkward.includes('duplicatedId') ? [row, { ...row, ki67: otherKi67(clinical.ki67Percent) }] : [row]
  })
  return `${Papa.unparse(rows, { newline: '\n' })}\n`
}

/** The table as it is once every doubt is decided, with statuses by the study's rules and the columns that an analysis asks for. */
export function formatTruthTable({ patients }: SimulatedStudy): string {
  const rows = patients.map(({ id, clinical, awkward, cohort, scanner }) => {
    const her2 = awkward.includes('noFish') ? '' : clinical.her2
    return {
      id,
      cohort,
      scanner: scanner.id,
      task1: her2 === '' ? '' : her2 === 'positive' ? 'positive' : 'negative',
      task2: her2 === 'positive' ? '' : her2,
      her2,
      age: clinical.ageYears,
      bmi: clinical.bmi.toFixed(2),
      size_cm: clinical.sizeCm.toFixed(1),
      tic: clinical.tic,
      side: clinical.side,
      er: clinical.erPercent > 1 ? 'positive' : 'negative',
      pr: clinical.prPercent > 1 ? 'positive' : 'negative',
      ki67: clinical.ki67Percent >= 30 ? 'high' : 'low',
      aln: clinical.aln,
    }
  })
  return `${Papa.unparse(rows, { newline: '\n' })}\n`
}

/** What is made of a patient beside the plan. */
export interface MadePatient {
  readonly id: string
  /** Which of the phases that were acquired is T1WI+C, from 0. */
  readonly peak: number
}

/** The list that `texel extract` takes: all patients of the first reader, those read again of the second. */
export function formatCases({ patients }: SimulatedStudy, made: readonly MadePatient[]): string {
  const peaks = new Map(made.map(({ id, peak }) => [id, peak]))
  const imageOf = (id: string, sequence: Sequence) =>
    imagePath(id, sequence === 'FST2WI' ? sequence : nameDcePhase(sequence === 'T1WI' ? 0 : peaks.get(id)!))
  const rows = ([1, 2] as const).flatMap((reader) =>
    patients
      .filter(({ reread }) => reader === 1 || reread)
      .flatMap(({ id }) =>
        sequences.map((sequence) => ({
          id,
          image: imageOf(id, sequence),
          mask: maskPath(id, sequence, reader),
          sequence,
          reader,
        })),
      ),
  )
  return `${Papa.unparse(rows, { newline: '\n' })}\n`
}

/** All that is true of the study and that its files do not tell, or tell otherwise. */
export function formatTruth(study: SimulatedStudy, made: readonly MadePatient[], layout: PhaseLayout | null): string {
  const peaks = new Map(made.map(({ id, peak }) => [id, peak]))
  const about = (patient: SimulatedPatient) => {
    const { id, scanner, awkward, ...rest } = patient
    return {
      id,
      scanner: scanner.id,
      ...rest,
      awkward,
      acquiredPhases: acquiredPhases(patient).map((phase) => phase + 1),
      t1wiC: nameDcePhase(peaks.get(id)!),
      expected: {
        decisions: expectDecisions(patient),
        phases: expectPhases(patient, habitOf(patient.scanner, layout)),
      },
    }
  }
  const truth = { simulated: true, seed: study.seed, options: study.options, scanners, patients: study.patients.map(about) }
  return `${JSON.stringify(truth, undefined, 2)}\n`
}
