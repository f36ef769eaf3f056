import type { Place, RolesMessages } from '../../io/tables/roles/messages.ts'
import type { Sentences } from '../sentences.ts'

const rows = (count: number) => (count === 1 ? 'row' : 'rows')
const have = (count: number) => (count === 1 ? 'has' : 'have')
const list = (places: readonly Place[], count: number) =>
  `${places.map(({ row, text, file }) => `${file === undefined ? '' : `${file} `}${row}${text === '' ? '' : ` (“${text}”)`}`).join(', ')}${count > places.length ? ' …' : ''}`

export const roles: Sentences<RolesMessages> = {
  'no-outcome': () => 'Say which column is the outcome.',
  'no-scores': () => 'Say which columns are scores: at least one.',
  'two-of': ({ role, columns }) => `Only one column can be the ${role}; ${columns.join(' and ')} are chosen.`,
  'outcome-values': ({ column, values }) =>
    values.length < 2
      ? `The outcome ${column} has ${values.length === 0 ? 'no value' : `only one value, “${values[0]}”`}: both classes are needed.`
      : `The outcome ${column} has ${values.length} values (${values.slice(0, 4).join(', ')}${values.length > 4 ? ' …' : ''}); two are needed.`,
  'which-positive': ({ column, values }) => `Which value of ${column} is positive: “${values[0]}” or “${values[1]}”?`,
  'outcome-missing': ({ column, places, count }) =>
    `${count} ${rows(count)} ${have(count)} no ${column}: ${list(places, count)}. Leave ${count === 1 ? 'it' : 'them'} out in the file.`,
  'outcome-third': ({ column, text, place }) => `Row ${place.row} has “${text}” in ${column}, which is neither class.`,
  'no-number': ({ column, places, count }) =>
    `${column} is no score: ${count} ${rows(count)} ${count === 1 ? 'holds' : 'hold'} no number, ${rows(count)} ${list(places, count)}.`,
  'decimal-comma': ({ column, places, count }) =>
    `${column} is written with decimal commas, ${rows(count)} ${list(places, count)}. Save the table with decimal points.`,
  'score-missing': ({ column, places, count }) =>
    `${column} is missing in ${rows(count)} ${list(places, count)}. Every model is judged on the same patients: leave ${count === 1 ? 'this row' : 'these rows'} out in the file.`,
  'no-probability': ({ column, places, count }) =>
    `${column} holds ${count === 1 ? 'a value' : `${count} values`} outside 0 to 1, ${rows(count)} ${list(places, count)}: it is no probability.`,
  'no-id': () => 'No column holds IDs.',
  'empty-id': ({ places, count }) => `${count} ${rows(count)} ${have(count)} no ID: ${list(places, count)}.`,
  'repeated-id': ({ ids, count }) =>
    `${count} ${count === 1 ? 'ID stands' : 'IDs stand'} in more than one row: ${ids.join(', ')}${count > ids.length ? ' …' : '.'} If a patient has several rows, choose the column of the patient and let the rows be numbered.`,
  'no-cohort': ({ column, places, count }) => `${count} ${rows(count)} ${have(count)} no ${column}: ${list(places, count)}.`,
  'no-patient': ({ column, places, count }) => `${count} ${rows(count)} ${have(count)} no ${column}: ${list(places, count)}.`,
  'which-learnt': ({ cohorts }) =>
    `Which cohort did the models learn from: ${cohorts.slice(0, 6).join(', ')}, or none of them? Cut-offs are chosen there and carried to the others.`,
  'no-features': () => 'Say which columns are features: at least one.',
  'feature-cells': ({ kind, columns, columnCount, places, count }) => {
    const where = places.map(({ row, text, file, column }) => `${file === undefined ? '' : `${file} `}row ${row}, ${column} (“${text}”)`) // prettier-ignore
    const names = `${columns.join(', ')}${columnCount > columns.length ? ' …' : ''}`
    return kind === 'comma'
      ? `${columnCount === 1 ? `The feature ${names} is` : `${columnCount} features (${names}) are`} written with decimal commas: ${where.join('; ')}. Save the table with decimal points.`
      : `${columnCount === 1 ? `${names} is no feature` : `${columnCount} columns are no features (${names})`}: ${count} ${count === 1 ? 'cell holds' : 'cells hold'} no number, ${where.join('; ')}.`
  },
  'which-cohorts': () => 'No column says who learns and who is judged. What is to be done?',
  'second-missing': () => 'Choose the file of the other centre.',
  'second-lacks': ({ path, columns, count }) =>
    `${path} lacks ${count === 1 ? 'a column' : `${count} columns`} that the first file has: ${columns.join(', ')}${count > columns.length ? ' …' : ''}.`,
  'which-trains': ({ cohorts }) =>
    `Which cohort do the models learn from: ${cohorts.slice(0, 6).join(', ')}? The others are judged by what was learnt there.`,
  'rows-disagree': ({ column, ids, count }) =>
    `${column} differs between the rows of ${count === 1 ? 'a patient' : `${count} patients`}: ${ids.join(', ')}${count > ids.length ? ' …' : ''}.`,
  'clinical-without-id': ({ path }) => `Say which column of ${path} holds the IDs: it is joined with the features by them.`,
  'shared-patient': ({ patients, count }) =>
    `${count} ${count === 1 ? 'patient has' : 'patients have'} rows in more than one cohort: ${patients.join(', ')}${count > patients.length ? ' …' : ''}. Whoever was learnt from cannot validate.`,
}
