import type { TableMessages } from '../../core/table/messages.ts'
import { listSome } from './listSome.ts'
import type { Sentences } from '../sentences.ts'

export const table: Sentences<TableMessages> = {
  'table-size': ({ rows, columns, given }) =>
    `A table of ${rows} rows and ${columns} columns has ${rows * columns} values; ${given} were given.`,
  'unknown-names': ({ what, names }) => `The table has no ${what} ${listSome(names)}.`,
  'repeated-names': ({ what, names }) => `Each ${what} may occur once; repeated: ${listSome(names)}.`,
  'fold-count': ({ folds }) => `The number of folds is a whole number from 2 to 255; ${folds} was given.`,
  'folds-of-outcome': ({ folds, withZero, withOne }) =>
    `${folds} folds need at least ${folds} patients of each class; there are ${withOne} positive and ${withZero} negative ones. Use fewer folds.`,
  'folds-outcome': ({ row, found }) => `Folds are stratified by an outcome of 0 or 1; that of row ${row} is ${found}.`,
  'fold-lengths': ({ rows, what, given }) => `${rows} rows need as many ${what}; ${given} were given.`,
  'impute-empty': ({ columns }) =>
    `No training patient has a value of ${columns.slice(0, 5).join(', ')}${columns.length > 5 ? ` and ${columns.length - 5} more columns` : ''}: nothing can stand in for it. Drop the column.`,
  'impute-infinite': ({ column, id }) => `${column} of ${id} is infinite; correct it or drop the column.`,
  'imputed-lacking': ({ columns }) => `The table lacks columns that were imputed: ${columns.slice(0, 5).join(', ')}.`,
  'join-nobody': ({ names }) => `No patient is in all of ${names.join(', ')}; are the IDs written alike?`,
  'standardise-infinite': ({ column, id }) =>
    `${column} of ${id} is infinite: a mean takes finite values. Correct it or drop the column.`,
  'cohorts-overlap': ({ ids }) => `A patient is either in training or in validation; in both: ${ids.slice(0, 5).join(', ')}.`,
  'outcome-not-binary': ({ id, found }) => `The outcome of a training patient is 0 or 1; that of ${id} is ${found}.`,
  'unlabelled-known': ({ ids }) =>
    `Patients without an outcome are neither judged nor learnt from already: ${ids.slice(0, 5).join(', ')}.`,
  'join-unmatched': ({ lacking }) =>
    `The tables do not hold the same patients: ${lacking.map(({ name, lacks }) => `${name} lacks ${listSome(lacks)}`).join('; ')}.`,
}
