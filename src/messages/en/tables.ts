import { listSome } from './listSome.ts'
import type { OtherEncoding, Role, TablesMessages } from '../../io/tables/messages.ts'
import type { Sentences } from '../sentences.ts'

const otherEncodings: Readonly<Record<OtherEncoding, string>> = {
  korean: 'Korean text (EUC-KR, CP949)',
  traditionalChinese: 'traditional Chinese text (Big5)',
  japanese: 'Japanese text (Shift JIS, EUC-JP)',
  alphabet: 'text of another alphabet (such as Cyrillic in Windows-1251 or Greek in Windows-1253)',
}

export const tables: Sentences<TablesMessages> = {
  'csv-broken': ({ path, row, words }) => `${path}, row ${row}: ${words}.`,
  'table-empty': ({ path }) => `${path} is empty; a first line with column names was expected.`,
  'table-without-rows': ({ path }) => `${path} has column names but no rows.`,
  'column-unnamed': ({ path, column }) => `${path}: column ${column} has no name.`,
  'no-id-column': ({ path, likely, columns }) =>
    likely === null
      ? `${path} has no column id; it has ${columns.slice(0, 8).join(', ')}. Name the column of the IDs with --id, or call it id.`
      : `${path} has no column id. Is ${likely === '' ? 'the first column, which has no name,' : likely} the ID? Say --id ${JSON.stringify(likely)}, or call it id.`,
  'no-computed-rows': ({ path }) =>
    `${path} is not the table of rows that the command line keeps beside its table of features: that is called like features.csv.rows.csv.`,
  'no-features': ({ path }) => `${path} has no feature columns.`,
  'no-column': ({ path, column, near, columns }) =>
    `${path} has no column ${column}${near === null ? `; it has ${columns.slice(0, 8).join(', ')}.` : `; did you mean ${near}?`}`,
  'outcome-values': ({ path, column, present }) =>
    `${path}, column ${column}: an outcome has two values; there ${present.length === 1 ? 'is only' : `are ${present.length}:`} ${present.slice(0, 6).join(', ')}.`,
  'positive-unsaid': ({ path, column, present, sayIn }) =>
    `${path}, column ${column}: which of ${present.join(' and ')} is the positive class? Say so ${sayIn === 'option' ? 'with --positive' : 'in the protocol: outcome, positive'}.`,
  'positive-absent': ({ path, column, positive, present }) =>
    `${path}, column ${column} has no value ${positive}; it has ${present.join(' and ')}.`,
  'no-ids': ({ path }) => `${path} lists no IDs; one a line was expected.`,
  'table-unusable': ({ path, some, problems }, say) =>
    [
      `${path} cannot be used:`,
      ...some.map(say).map((line) => `  ${line}`),
      ...(problems > some.length ? [`  and ${problems - some.length} more`] : []),
    ].join('\n'),
  'column-repeated': ({ column }) => `the column ${column} is there more than once`,
  'row-length': ({ row, cells, columns }) => `row ${row} has ${cells} cells where the header has ${columns}`,
  'row-cells': ({ path, row, cells, columns }) => `${path}, row ${row}: it has ${cells} cells where the header has ${columns}.`,
  'row-without-id': ({ row }) => `row ${row} has no id`,
  'id-repeated': ({ id }) => `the id ${id} is there more than once`,
  cell: ({ row, id, column, problem }, say) => `row ${row} (${id}), column ${column}: ${say(problem)}`,
  'decimal-comma': ({ text }) => `"${text}" is written with a decimal comma; save the table with decimal points`,
  'no-number': ({ text }) => `"${text}" is no number`,
  'column-unusable': ({ path, column, problem }, say) => `${path}, column ${column}: ${say(problem)}.`,
  'cell-unusable': ({ path, row, id, column, problem }, say) => `${path}, row ${row} (${id}), column ${column}: ${say(problem)}.`,
  'covariate-unusable': ({ path, column, id, problem }, say) => `${path}, column ${column}, ${id}: ${say(problem)}.`,
  'text-is-zip': () => 'This is a workbook (or a zip): open it and save the sheet as "CSV UTF-8".',
  'parquet-nested': ({ path, column }) => `${path}, column ${column}: it holds lists or records; a table has one value a cell.`,
  'parquet-codec': ({ path, codec }) =>
    `${path} is packed with ${codec}, which is not read here: save it with snappy, gzip or no compression.`,
  'parquet-damaged': ({ path, words }) => `${path} is a damaged Parquet file, or one of a kind that is not read here: ${words}.`,
  'gzip-damaged': () => 'This is a gzip file that is cut off or damaged.',
  'text-is-binary': () => 'This is no text, but a binary file. Save the table as "CSV UTF-8" or .xlsx.',
  'text-has-controls': () =>
    'It holds control characters, as text does that was once read in the wrong encoding: save it anew as "CSV UTF-8".',
  'encoding-unknown': () => 'Its encoding is neither UTF-8, UTF-16, GB18030 nor Windows-1252: save it as "CSV UTF-8".',
  'encoding-assumed': ({ encoding }) => `It is not UTF-8; it is read as ${encoding}. Save it as "CSV UTF-8" if names look wrong.`,
  'encoding-other': ({ encoding }) => `It looks like ${otherEncodings[encoding]}, which is not read: save it as "CSV UTF-8".`,
  'encodings-mixed': () =>
    'Some of its lines are UTF-8, and others are not: save each part as "CSV UTF-8", and put them together then.',
  'predictor-has-role': ({ column, role }) =>
    `The protocol names ${column} as a predictor (models, clinical), but it is ${nameRole(role)}: take it out.`,
  'levels-unknown': ({ path, column, strange, levels }) =>
    `${path}, column ${column}: ${listSome(strange.map(({ id, level }) => `${id} (${level})`))} ${strange.length === 1 ? 'has a level' : 'have levels'} that the model does not know; it knows ${levels.join(', ')}.`,
  'reference-absent': ({ path, column, reference, levels }) =>
    `${path}, column ${column}: nobody has the level ${reference} that the others are to be compared with; there ${levels.length === 1 ? 'is' : 'are'} ${listSome(levels)}.`,
  'one-level': ({ path, column, reference }) =>
    `${path}, column ${column}: everybody has the level ${reference}; it tells nothing.`,
  'many-levels': ({ path, column, levels, most }) =>
    `${path}, column ${column}: ${levels} different values are no categories (at most ${most}).`,
  'predictor-unusable': ({ path, column, id, problem, levels }, say) =>
    `${path}, column ${column}, which a model uses: ${id} has ${say(problem)}.${levels === null ? '' : ` If these are categories (${listSome(levels)}), name the one that the others are compared with: { column: ${column}, reference: ${levels[0]} }.`}`,
  'infinite-value': () => 'an infinite value',
  'role-columns': ({ path, columns }) =>
    `${path} has ${columns.length === 1 ? 'a column that is no feature' : `${columns.length} columns that are no features`}: ${listSome(columns.map(({ column, role }) => `${column} (${nameRole(role)})`))}. Learnt from, such a column could give the outcome away. Take ${columns.length === 1 ? 'it' : 'them'} out of the features.`,
  'score-roles': ({ path, columns }) =>
    `${path} has ${columns.length === 1 ? 'a column' : `${columns.length} columns`} of scores called as what ${columns.length === 1 ? 'is none' : 'are none'}: ${listSome(columns.map(({ column, role }) => `${column} (${nameRole(role)}?)`))}. Call what says the cohort cohort, and take other columns out.`,
  'many-readers': ({ path, readers }) =>
    `${path} has ${readers.length} readers (${readers.join(', ')}); name two in the protocol.`,
  'no-reader': ({ path, reader, readers }) =>
    `${path} has no reader ${reader}; it has ${readers.join(', ') || 'no column reader'}.`,
  'read-by-second-only': ({ path, first, second, ids, likely }) =>
    `${path}: read by ${second} but not by ${first}: ${ids.slice(0, 5).join(', ')}.${listLikely(likely)}`,
  'sheet-not-held': ({ path, sheet }) =>
    `${path} lists the sheet ${sheet}, and does not hold it: open the workbook, and save it again.`,
  'sheet-chosen': ({ path, sheets, chosen, other }) =>
    `${path} has the sheets ${sheets.join(', ')}; ${chosen} is read. Name another with --sheet, or behind the file: ${path}#${other}.`,
  'workbook-encrypted': ({ path }) =>
    `${path} is a workbook behind a password: open it, take the password away, and save it again.`,
  'workbook-old': ({ path }) => `${path} is a workbook of the old kind (.xls): save it as .xlsx, or the sheet as "CSV UTF-8".`,
  'no-workbook': ({ path }) => `${path} is a zip, but no .xlsx workbook: save the table as .xlsx or "CSV UTF-8".`,
  'workbook-damaged': ({ path }) => `${path} is a workbook that is cut off or damaged.`,
  'workbook-too-large': ({ path, bytes, most }) =>
    `${path} would unpack to ${(bytes / 2 ** 30).toFixed(1)} GiB, and no more than ${most / 2 ** 30} GiB of a workbook is read: take out what is not needed, or save the sheet as "CSV UTF-8".`,
  'workbook-unreadable': ({ path, words }) => `${path} cannot be read as a workbook: ${words}.`,
  'no-sheet': ({ path, sheet, sheets }) => `${path} has no sheet ${sheet}; it has ${sheets.join(', ')}.`,
  'cells-merged': ({ path, sheet, cells }) =>
    `${path}, sheet ${sheet}: cells are merged (${listSome(cells)}). Unmerge them, and write every name and value into a cell of its own.`,
  'cells-without-value': ({ path, sheet, cells }) =>
    `${path}, sheet ${sheet}: ${listSome(cells.map(({ cell, error }) => (error === null ? `${cell} is a formula without a value` : `${cell} is ${error}`)))}. Empty such cells or correct them, and save the workbook in Excel.`,
  'no-patient-shared': ({ features, clinical, first, likely }) =>
    `${features} and ${clinical} share no patient: the first IDs are ${first[0]} and ${first[1]}.${listLikely(likely)}`,
  'patients-undescribed': ({ features, clinical, ids, likely }) =>
    `${clinical} has no row for ${ids.length} patients of ${features}: ${listSome(ids)}. Add them, or take them out of the features.${listLikely(likely)}`,
  'cells-empty': ({ path, column, ids }) => `${path}, column ${column}: empty for ${listSome(ids)}.`,
  'sequence-missing': ({ sequence, ids }) =>
    `${ids.length === 1 ? 'A patient has' : `${ids.length} patients have`} no row of the sequence ${sequence}, so that its features are missing: ${listSome(ids)}.`,
  'rows-of-patients': ({ rows, patients }) =>
    `${rows} rows of ${patients} patients: rows of a patient stay together in every split, fold, bootstrap and bag, and intervals count patients. Wilcoxon's test, ICC and Table 1 take rows for independent.`,
  'ids-likely-twice': ({ path, likely }) =>
    `WARNING: IDs of ${path} are likely the same, written in two ways, and taken for different patients: ${listSome(likely.map(([a, b]) => `${a} and ${b}`))}. If they are, write them alike.`,
  'ids-of-one-patient': ({ groups }) =>
    `WARNING: IDs look like several rows of one patient: ${groups
      .slice(0, 3)
      .map((group) => group.slice(0, 3).join(', '))
      .join(
        '; ',
      )}${groups.length > 3 ? ` and ${groups.length - 3} more` : ''}. If they are, name the clinical column of the patient in the protocol (patient: COLUMN), else their rows are learnt from and judged by at once.`,
  'profiles-mixed': ({ path, pyradiomics, ibsi }) =>
    `WARNING: ${path} holds features by two definitions: ${pyradiomics.count} by PyRadiomics (such as ${pyradiomics.example}) and ${ibsi.count} by the IBSI (such as ${ibsi.example}). The same measure then stands in the study twice, computed differently. Leave the columns of one out, or say in the paper that both were used.`,
  'patients-unmeasured': ({ clinical, ids, likely }) =>
    `${ids.length} patients of ${clinical} have no features and are left out: ${listSome(ids)}.${listLikely(likely)}`,
  'patients-unlabelled': ({ column, ids, harmonised }) =>
    `${ids.length} patients have no ${column}; they ${harmonised ? 'take part in harmonisation alone' : 'are left out'}: ${listSome(ids)}.`,
  'outcome-classes': ({ column, positive, negative }) => `Positive is ${column} = ${positive}; negative is ${negative}.`,
  'outcome-empty': ({ path, column, ids }) =>
    `${path}, column ${column}: ${ids.length} patients have no outcome (${ids.slice(0, 5).join(', ')}). Leave their rows out.`,
  'cohort-empty': ({ path, column, ids }) =>
    `${path}, column ${column}: ${ids.length} patients are in no cohort (${ids.slice(0, 5).join(', ')}).`,
  'patient-empty': ({ path, ids }) => `${path}: rows without a patient: ${listSome(ids)}.`,
  'patients-in-cohorts': ({ path, patients }) =>
    `${path}: patients are in more than one cohort: ${listSome(patients.map(({ patient, cohorts }) => `${patient} (${cohorts.join(', ')})`))}. All rows of a patient belong to one cohort.`,
  'model-columns-lacking': ({ path, lacking, needed }) =>
    `${path} lacks ${lacking.length} of the ${needed} columns that are needed: ${listSome(lacking.map(({ column, near }) => (near === null ? column : `${column} (did you mean ${near}?)`)))}.`,
  'two-readers': ({ path }) => `${path} has rows of two readers; leave the second's out.`,
  'no-row-for': ({ path, ids, likely }) => `${path} has no row for ${listSome(ids)}.${listLikely(likely)}`,
  'rows-differ': ({ path, column, id, values }) =>
    `${path}, column ${column}: the rows of ${id} differ (${values.join(', ')}); a patient has one batch and one value of a covariate.`,
  'training-unlabelled': ({ column, ids, likely }) =>
    `${ids.length} training patients have no ${column}: ${ids.slice(0, 5).join(', ')}. Take them out of the training list, or add their outcome.${listLikely(likely)}`,
  'nobody-complete': () =>
    'No training patient has a value of every feature (missing: complete cases). Take features out that many lack, or choose the median of training.',
}

function nameRole(role: Role): string {
  if (typeof role === 'object') return `a column of ${role.clinical}`
  switch (role) {
    case 'covariate':
      return 'a covariate'
    case 'outcome by name':
      return 'an outcome by its name; name it with --not-features to have it written as it is'
    case 'cohort by name':
      return 'a cohort by its name; name it with --not-features to have it written as it is'
    default:
      return `the ${role}`
  }
}

function listLikely(pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length === 0) return ''
  return ` Likely the same, and not joined: ${listSome(pairs.map(([a, b]) => `${a} and ${b}`))}. Write them alike.`
}
