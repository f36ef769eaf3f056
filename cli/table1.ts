import type { Command } from 'commander'
import { formatTable1 } from '../src/core/cohort/formatTable1.ts'
import { makeTable1, type Table1 } from '../src/core/cohort/table1.ts'
import { readClinicalVariables } from '../src/io/tables/clinicalVariables.ts'
import { formatTable, parseNumber, readColumn } from '../src/io/tables/tableFile.ts'
import { say } from '../src/messages/say.ts'
import { idOption, readTableFile, sheetOption, type TableChoice, writeResult } from './tableFiles.ts'

interface Table1Options extends TableChoice {
  readonly clinical: string
  readonly by: string
  readonly output?: string
  readonly categorical?: string[]
  readonly continuous?: string[]
  readonly leaveOut?: string[]
}

export function addTable1Command(program: Command): void {
  program
    .command('table1')
    .description('Describe the patients by group: median and quartiles or counts, with tests.')
    .requiredOption('--clinical <C.csv>', 'a row each patient; first column id')
    .requiredOption('--by <column>', 'column of the groups (cohort, outcome, centre)')
    .addOption(idOption)
    .addOption(sheetOption)
    .option('--output <T.csv>', 'where to write the table; a name that ends in .json has all digits (default: print it)')
    .option('--categorical <column...>', 'columns of numbers that stand for categories')
    .option('--continuous <column...>', 'columns of few different numbers that are measurements')
    .option('--leave-out <column...>', 'columns that are no variables')
    .addHelpText(
      'after',
      "\nContinuous variables: median [Q1;Q3] (R's type 7), Mann-Whitney U (three groups or more: Kruskal-Wallis)." +
        "\nCategorical: n (%), chi-square, with Yates's correction in 2 x 2 tables; Fisher's exact P where an expected count is below 5." +
        '\nNumbers of up to 5 different values are taken as categories. Groups stand in order of appearance.',
    )
    .action(describePatients)
}

async function describePatients({ clinical, by, output, id, sheet, ...choice }: Table1Options): Promise<void> {
  const table = await readTableFile(clinical, { id, sheet })
  const groups = readColumn(table, by).map((text) => (Number.isNaN(parseNumber(text)) ? null : text))
  const { variables, leftOut } = readClinicalVariables(table, { ...choice, leaveOut: [...(choice.leaveOut ?? []), by] })
  const table1 = makeTable1(groups, variables)
  if (leftOut.length > 0) process.stderr.write(`Left out, as they hold more than 20 different texts: ${leftOut.join(', ')}.\n`)
  if (table1.withoutGroup > 0) process.stderr.write(`${table1.withoutGroup} patients have no ${by} and are left out.\n`)
  const { columns, rows } = formatTable1(table1, say)
  const csv = formatTable(columns, rows)
  if (output === undefined) process.stdout.write(csv)
  else await writeResult(output, output.endsWith('.json') ? `${JSON.stringify(inWords(table1), null, 2)}\n` : csv)
}

function inWords({ rows, ...table1 }: Table1) {
  return { ...table1, rows: rows.map((row) => ({ ...row, notes: row.notes.map(say) })) }
}
