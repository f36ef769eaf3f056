import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { makeFeatureTable, pickColumns, type FeatureTable } from '../src/core/table/featureTable.ts'
import { takeTraining, type Cohorts, type TrainingTable } from '../src/core/table/trainingTable.ts'

/** Test support: the two radiomics tables that R's answers were made with, and what was made of them. */
export interface Study {
  readonly table: FeatureTable
  /** 0 or 1 a row of the table. */
  readonly outcome: Uint8Array
  readonly cohorts: Cohorts
}

export const studyNames = ['ispy1', 'lung_two_centres'] as const
export type StudyName = (typeof studyNames)[number]

const files = { ispy1: ['ispy1'], lung_two_centres: ['lung_centre_a', 'lung_centre_b'] } as const

export function readStudy(name: StudyName): Study {
  const rows = files[name].flatMap((file) => {
    const text = gunzipSync(readFileSync(new URL(`tables/${file}.csv.gz`, import.meta.url))).toString()
    return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
  })
  const columns = Object.keys(rows[0]).filter((column) => column !== 'ID' && column !== 'Target')
  const values = Float64Array.from(columns.flatMap((column) => rows.map((row) => Number(row[column]))))
  const split = readAnswers<{ train_id: string[]; valid_id: string[] }>(name, 'split')
  return {
    table: makeFeatureTable(rows.map((row) => row.ID), columns, values), // prettier-ignore
    outcome: Uint8Array.from(rows, (row) => Number(row.Target)),
    cohorts: { training: split.train_id, validation: split.valid_id },
  }
}

/** The training patients of a study with some of its columns. */
export function trainingOf({ table, outcome, cohorts }: Study, columns: readonly string[] = table.columns): TrainingTable {
  return takeTraining(pickColumns(table, columns), outcome, cohorts)
}

export function readAnswers<T>(name: StudyName, file: string): T {
  return JSON.parse(readFileSync(new URL(`statistics/${name}/${file}.json`, import.meta.url), 'utf8')) as T
}
