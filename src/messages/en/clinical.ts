import type { OpenDoubt } from '../../core/cohort/clinical/clinicalStudy.ts'
import type { ExclusionReason } from '../../core/study/exclusions.ts'

const doubts: Readonly<Record<OpenDoubt['code'], string>> = {
  'her2-equivocal': 'IHC 2+ without in-situ hybridisation: HER2 is unknown',
  'her2-ish-against-ihc': 'in-situ hybridisation is positive where IHC is 0 or 1+',
  'her2-unclear': 'HER2 is told in a way that is not known',
  'bare-plus': '"+" without a share of stained cells',
  'across-cutoff': 'a range across the cut-off',
  unclear: 'what is written is not known',
  'out-of-range': 'a value that hardly can be',
  'likely-mm': 'sizes that look like mm, not cm',
  'column-of-fractions': 'no value is above 1: are these fractions, 0.3 for 30 %?',
  'column-in-mm': 'the sizes look like mm, not cm',
  'order-of-dates': 'day and month could be either way round',
  'rows-differ': 'two rows of a patient differ',
  'same-patient': 'IDs that are likely the same',
}

const differences: Readonly<Record<NonNullable<OpenDoubt['difference']>, string>> = {
  case: 'capital letters',
  'leading zeros': 'leading zeros',
  'prefix or suffix': 'what stands before or after all of them',
  'other than digits': 'what is no digit',
}

/** What a person is asked of a clinical table. @param name of a variable, where its ID is not enough */
export function askDoubt(
  { code, variable, difference }: Pick<OpenDoubt, 'code' | 'variable' | 'difference'>,
  name = (id: string): string => id,
): string {
  const question = doubts[code]
  return difference === undefined ? `${name(variable)}: ${question}` : `${question}, but for ${differences[difference]}`
}

const exclusions: Readonly<Record<ExclusionReason, string>> = {
  'mri-late': 'MRI more than 30 days before surgery, or after it',
  treated: 'treated before surgery',
  'her2-unknown': 'HER2 unknown',
  'not-visible': 'tumour not visible on MRI',
  'poor-quality': 'poor image quality',
  'phases-missing': 'phases missing',
}

/** @param reason of the list, or in a person's own words */
export const nameExclusion = (reason: string): string =>
  Object.hasOwn(exclusions, reason) ? exclusions[reason as ExclusionReason] : reason

const options: Readonly<Record<string, string>> = {
  missing: 'not known',
  fractions: 'fractions: 0.3 is 30 %',
  percent: 'percent, as they are',
  yes: 'yes, the same patient',
  no: 'no, others',
}

/** An answer to a doubt. */
export const nameOption = (option: string): string => (Object.hasOwn(options, option) ? options[option] : option)

const variables: Readonly<Record<string, string>> = {
  age: 'Age',
  bmi: 'BMI',
  size_cm: 'Tumour size',
  tic: 'Curve type',
  side: 'Side',
  er: 'ER',
  pr: 'PR',
  ki67: 'Ki-67',
  aln: 'Lymph nodes',
  surgery_date: 'Date of surgery',
  mri_date: 'Date of the MRI',
  her2: 'HER2',
  days_to_surgery: 'Days to surgery',
}

const units: Readonly<Record<string, string>> = {
  age: 'years',
  bmi: 'kg/m²',
  size_cm: 'cm',
  tic: 'I to III',
  er: 'percent or status',
  pr: 'percent or status',
  ki67: 'percent',
  her2: 'IHC score',
}

/** With its unit, or what else it is written in. */
export const nameWithUnit = (id: string): string =>
  [nameVariable(id), Object.hasOwn(units, id) ? units[id] : ''].filter(Boolean).join(', ')

/** A variable of the study; another one of the table has its own name. */
export const nameVariable = (id: string): string => (Object.hasOwn(variables, id) ? variables[id] : id)
